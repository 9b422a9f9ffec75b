"""The ending of placements in a student's timeline."""

from placements.ending.models import EarlyEnd, Presentation, Reference, Reflection
from portal.timeline import Facts, Happening, happens

Status = Reference.Status


@happens("ending")
def reflections(student, user):
    """Once they are shared; until then they are the student's alone."""
    rows = Reflection.objects.visible_to(user).filter(placement__student=student)
    return Happening(
        rows, "shared_at", lambda row: f"Shared their reflection on {row.words}", "ending_detail",
        thing="placement_id", words="placement__employer__name",
    )  # fmt: skip


@happens("ending")
def presentations(student, user):
    rows = Presentation.objects.visible_to(user).filter(placement__student=student, removed_at=None)
    return Happening(
        rows, "held_on", lambda row: f"Presentation: {row.words}", "ending_detail", thing="placement_id", words="title"
    )


@happens("ending")
def references_asked(student, user):
    rows = Reference.objects.visible_to(user).filter(placement__student=student, status=Status.ASKED)
    return Happening(
        rows, "asked_at", lambda row: f"Reference asked of {row.words}, not answered yet", "ending_detail",
        thing="placement_id", words="placement__employer__name", tone="waiting",
    )  # fmt: skip


@happens("ending")
def references(student, user):
    rows = Reference.objects.visible_to(user).filter(placement__student=student)
    return Happening(
        rows.filter(status__in=[Status.GIVEN, Status.DECLINED]), "decided_at", says_reference, "ending_detail",
        thing="placement_id", state="status", words="placement__employer__name", tone={Status.GIVEN: "good"},
    )  # fmt: skip


def says_reference(row: Facts) -> str:
    return f"Reference {'given' if row.state == Status.GIVEN else 'declined'} by {row.words}"


@happens("ending")
def early_ends(student, user):
    """That a placement was ended before its time, and what is to come next; the reason stands where it was recorded."""
    rows = EarlyEnd.objects.visible_to(user).filter(placement__student=student, undone_at=None)
    return Happening(
        rows, "made_at", says_early, "early_end_detail", state="next_step", words="placement__employer__name",
        tone="attention",
    )  # fmt: skip


def says_early(row: Facts) -> str:
    return f"The placement at {row.words} was ended early. Next: {lowered(EarlyEnd.Next(row.state).label)}"


def lowered(words: str) -> str:
    """As it stands within a sentence: T Level keeps its capitals."""
    return words[0].lower() + words[1:]
