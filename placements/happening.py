"""Placements in a student's timeline."""

from django.db.models import Case, IntegerField, Value, When

from placements.models import Placement
from portal.timeline import Facts, Happening, happens
from portal.words import short_span

ENDED, PLANNED = Placement.Status.ENDED, Placement.Status.PLANNED
IS_TASTER = Case(When(kind=Placement.Kind.TASTER, then=Value(1)), default=Value(0), output_field=IntegerField())


@happens("placements")
def first_days(student, user):
    return Happening(
        Placement.objects.filter(student=student), "first_on", says_start, "placement_detail", state="status",
        words="employer__name", number=IS_TASTER, also="last_on", tone={"planned": "waiting", "active": "good"},
    )  # fmt: skip


def says_start(row: Facts) -> str:
    begun = "Should have started" if row.state == PLANNED else "Started"
    verb = begun if row.is_past else "Starts"
    if row.number:
        return f"{verb} the work taster at {row.words}, {short_span(row.at.date(), row.also.date())}"
    return f"{verb} at {row.words}"


@happens("placements")
def last_days(student, user):
    """Why it ended is for the student and staff, who are the only readers."""
    return Happening(
        Placement.objects.filter(student=student), "last_on", says_end, "placement_detail", state="status",
        words="employer__name", name="ended_because", number=IS_TASTER, also="first_on",
    )  # fmt: skip


def says_end(row: Facts) -> str:
    says = f"Last day at {row.words}"
    if row.number:
        says = f"Last day of the work taster at {row.words}, {short_span(row.also.date(), row.at.date())}"
    if row.state != ENDED:
        return f"{says}, as agreed"
    return f"{says}. {row.name}".strip()
