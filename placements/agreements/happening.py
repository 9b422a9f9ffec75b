"""Who agreed to a placement, in a student's timeline."""

from django.db.models import DateTimeField
from django.db.models.functions import Cast, Coalesce

from placements.agreements.models import Answer
from portal.timeline import Facts, Happening, happens


@happens("placements")
def agreements(student, user):
    """What each party said to the agreement, the day on the paper where it was signed on paper."""
    rows = Answer.objects.visible_to(user).filter(agreement__placement__student=student, taken_back_at=None)
    return Happening(
        rows,
        Coalesce(Cast("signed_on", DateTimeField()), "at"),
        says_answer,
        "agreement_detail",
        thing="agreement__placement_id",
        words="agreement__placement__employer__name",
        name="name",
        number="agreed",
        tone="good",
    )


def says_answer(row: Facts) -> str:
    return f"{row.name} {'agreed to' if row.number else 'did not agree to'} the placement at {row.words}"
