"""The employer's review forms in a student's timeline."""

from portal.timeline import Facts, Happening, happens
from reviews.forms.models import Occasion, ReviewForm

Status = ReviewForm.Status


def forms(student, user):
    """As far as the reader may see them: a student those that are handed in."""
    return ReviewForm.objects.visible_to(user).filter(placement__student=student)


@happens("forms")
def asked(student, user):
    return Happening(
        forms(student, user).filter(status=Status.ASKED), "asked_at", says_asked, "review_form_detail",
        state="occasion", words="placement__employer__name", tone="waiting",
    )  # fmt: skip


def says_asked(row: Facts) -> str:
    return f"{Occasion(row.state).label} review form asked of {row.words}, not handed in yet"


@happens("forms")
def handed_in(student, user):
    return Happening(
        forms(student, user).filter(status=Status.HANDED_IN), "handed_in_at", says_handed_in, "review_form_detail",
        state="occasion", words="handed_in_name", tone="good",
    )  # fmt: skip


def says_handed_in(row: Facts) -> str:
    return f"{Occasion(row.state).label} review form by {row.words}"
