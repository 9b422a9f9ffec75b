"""Feedback on CVs and cover letters in a student's timeline."""

from portal.timeline import Facts, Happening, happens
from students.papers.models import Kind, Version


@happens("growing")
def feedback(student, user):
    """On the day on which it was given; staff come to the version, the student to the paper."""
    rows = Version.objects.visible_to(user).filter(paper__student=student, withdrawn_at=None)
    is_own = student.user_id == user.pk
    return Happening(
        rows, "feedback_at", says_feedback, "paper_detail" if is_own else "paper_feedback",
        thing="paper" if is_own else "pk", state="status", name="paper__kind", number="number", tone={"good": "good"},
    )  # fmt: skip


def says_feedback(row: Facts) -> str:
    what = f"{Kind(row.name).label}, version {row.number}"
    return f"{what}: good to send" if row.state == Version.Status.GOOD else f"{what}: feedback"
