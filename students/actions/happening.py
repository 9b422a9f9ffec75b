"""The action plan in a student's timeline."""

from django.db.models.functions import Coalesce

from portal.timeline import Facts, Happening, happens
from students.actions.models import Action


@happens("growing")
def actions(student, user):
    """On the day on which each was done, or by which it is to be."""
    return Happening(
        Action.objects.visible_to(user).filter(student=student), Coalesce("done_on", "due_on"), says_action,
        "action_detail", words="improve", also="done_on",
    )  # fmt: skip


def says_action(row: Facts) -> str:
    how = "done" if row.also else "was due" if row.is_past else "due"
    return f"Action plan, {how}: {row.words}"
