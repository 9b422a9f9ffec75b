"""Weeks and days away in a student's timeline."""

from datetime import date

from django.db.models import CharField, F
from django.db.models.functions import Cast, Coalesce

from placements.timesheets.models import Absence, AbsenceKind, Timesheet
from portal.timeline import Facts, Happening, happens
from portal.words import hours, long_date

Status = Timesheet.Status


@happens("weeks")
def weeks(student, user):
    """Weeks that were handed in, at the moment at which they were; what came of them stands in the same line."""
    return Happening(
        Timesheet.objects.visible_to(user).filter(placement__student=student).exclude(status=Status.DRAFT),
        Coalesce("handed_in_at", "decided_at"),
        says_week,
        "week_edit",
        state="status",
        words="reason",
        name=Cast("monday", CharField()),  # 2026-03-02
        number="minutes",
        also="decided_at",
        tone={Status.HANDED_IN: "waiting", Status.APPROVED: "good", Status.SENT_BACK: "attention"},
    )


def says_week(row: Facts) -> str:
    said = f"Week of {date.fromisoformat(row.name):%-d %B}, {hours(row.number)}"
    if row.state == Status.APPROVED:
        return f"{said}, approved on {long_date(row.also)}"
    if row.state == Status.SENT_BACK:
        return f"{said}, sent back on {long_date(row.also)}: {row.words}"
    return f"{said}, handed in and not answered yet"


@happens("absences")
def days_away(student, user):
    return Happening(
        Absence.objects.visible_to(user).filter(placement__student=student),
        "day",
        lambda row: AbsenceKind(row.state).label + (", known in advance" if row.number else ""),
        state="kind",
        number=F("foreseen"),
    )
