"""In a student's timeline: the day on which they left the T Level."""

from portal.timeline import Facts, Happening, happens
from students.models import LeftBecause, Student


@happens("ending")
def departure(student, user):
    rows = Student.objects.visible_to(user).filter(pk=student)
    return Happening(rows, "left_on", says_left, state="left_because", tone="attention")


def says_left(row: Facts) -> str:
    return f"Left the T Level. Reason: {LeftBecause(row.state).label}"
