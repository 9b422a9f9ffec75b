"""Placements in a student's timeline."""

from placements.models import Placement
from portal.timeline import Facts, Happening, happens

ENDED, PLANNED = Placement.Status.ENDED, Placement.Status.PLANNED


@happens("placements")
def first_days(student, user):
    return Happening(
        Placement.objects.filter(student=student), "first_on", says_start, "placement_detail", state="status",
        words="employer__name", tone={"planned": "waiting", "active": "good"},
    )  # fmt: skip


def says_start(row: Facts) -> str:
    if row.state == PLANNED:
        return f"{'Should have started' if row.is_past else 'Starts'} at {row.words}"
    return f"Started at {row.words}" if row.is_past else f"Starts at {row.words}"


@happens("placements")
def last_days(student, user):
    """Why it ended is for the student and staff, who are the only readers."""
    return Happening(
        Placement.objects.filter(student=student), "last_on", says_end, "placement_detail", state="status",
        words="employer__name", name="ended_because",
    )  # fmt: skip


def says_end(row: Facts) -> str:
    if row.state != ENDED:
        return f"Last day at {row.words}, as agreed"
    return f"Last day at {row.words}. {row.name}".strip()
