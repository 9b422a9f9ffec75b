"""The induction in a student's timeline."""

from placements.induction.models import Induction
from portal.timeline import Happening, happens

Status = Induction.Status


def inductions(student, user):
    return Induction.objects.visible_to(user).filter(placement__student=student)


@happens("induction")
def handed_over(student, user):
    return Happening(
        inductions(student, user), "handed_over_at", lambda row: f"Induction at {row.words} handed over",
        "induction_detail", thing="placement_id", words="placement__employer__name",
    )  # fmt: skip


@happens("induction")
def decided(student, user):
    return Happening(
        inductions(student, user).filter(status__in=[Status.CONFIRMED, Status.SENT_BACK]),
        "decided_at",
        lambda row: f"Induction at {row.words} {'confirmed' if row.state == Status.CONFIRMED else 'sent back'}",
        "induction_detail",
        thing="placement_id",
        state="status",
        words="placement__employer__name",
        tone={Status.CONFIRMED: "good", Status.SENT_BACK: "attention"},
    )
