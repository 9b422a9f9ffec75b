"""Days away that are told in advance, or taken back: in one turn with the weeks that they lie in."""

from datetime import date

from django.db import transaction

from placements.models import Placement
from placements.timesheets.models import Absence, AbsenceKind, Spell, Timesheet, away_yet_at_work, monday_of
from placements.timesheets.telling import tell, tell_taken_back
from placements.timesheets.week import minutes_by_day
from placements.working_time import in_hours
from portal.history.models import record
from portal.workflow import Refused
from students.frozen import refuse_if_frozen


def told_already(placement, days: list[date]) -> list[str]:
    """What was told about these days before, a sentence for each."""
    rows = Absence.objects.filter(placement=placement, day__in=days)
    noted = [(told, f" ({told.note})" if told.note else "") for told in rows]
    return [f"{told.day:%A %-d %B} is told already: {told.get_kind_display().lower()}{note}." for told, note in noted]


def worked_already(placement, days: list[date]) -> list[str]:
    """Days of these for which so much work is written down that nobody can have been away, a sentence for each."""
    rows = Spell.objects.filter(timesheet__placement=placement, day__in=days)
    return [
        f"For {day:%A %-d %B} {in_hours(minutes)} of work are written down already."
        for day, minutes in minutes_by_day(rows)
        if away_yet_at_work(minutes, placement.agreed_minutes(day, day))
    ]


def locked_weeks(placements, days) -> dict[tuple[int, date], Timesheet]:
    """The weeks around `days` that are handed in or approved, by placement and Monday."""
    rows = Timesheet.objects.filter(placement__in=placements, monday__in={monday_of(day) for day in days})
    return {(week.placement_id, week.monday): week for week in rows.exclude(status__in=Timesheet.OPEN)}


@transaction.atomic
def tell_absence(placement, days: list[date], *, kind: str, note: str, by) -> list[Absence]:
    """Tell in advance that the student will be away on `days`; manager and tutor hear of it.

    Raises Refused if one of them is told already (what was told first is taken back by its student, not written over)
    or lies in a week that is not open.
    """
    refuse_if_frozen(placement.student_id)
    weeks = turns_of_weeks(placement, days)
    if words := told_already(placement, days):
        raise Refused(*words)
    told = [Absence(placement=placement, day=day, kind=kind, note=note, foreseen=True) for day in days]
    for absence in told:
        absence.save()
        keep_among_typed(weeks[monday_of(absence.day)], absence)
    span = f"{days[0]:%-d %B %Y}" if len(days) == 1 else f"{days[0]:%-d %B} to {days[-1]:%-d %B %Y}"
    for thing in (placement, *weeks.values()):
        record(thing, f"told in advance of being away on {span} ({AbsenceKind(kind).label.lower()})", by=by)
    tell(told, span, by=by)
    return told


@transaction.atomic
def take_back_absence(absence: Absence, *, by) -> bool:
    """Take back a day away that was told; says whether manager and tutor hear of it, as they did of the day.

    Raises Refused where its week is not open, or the student is signed off.
    """
    placement, says = absence.placement, f"took back being away on {absence.day:%-d %B %Y}"
    refuse_if_frozen(placement.student_id)
    [week] = turns_of_weeks(placement, [absence.day]).values()
    keep_among_typed(week, Absence(day=absence.day, kind=""))
    for thing in (placement, week):
        record(thing, says, by=by)
    absence.delete()
    return tell_taken_back(absence, by=by)


def turns_of_weeks(placement: Placement, days: list[date]) -> dict[date, Timesheet]:
    """Take the turn to write in each week of `days`, so that a page that was opened before is told; by Monday.

    Weeks that were not begun yet are begun: pages that show them empty are pages of an older version, too.
    """
    mondays = sorted({monday_of(day) for day in days})
    for monday in mondays:
        Timesheet.objects.get_or_create(placement=placement, monday=monday)
    rows = Timesheet.objects.filter(placement=placement, monday__in=mondays).order_by("monday")
    weeks = {week.monday: week for week in rows.select_for_update(no_key=True)}
    for week in weeks.values():
        week.placement = placement
        if not week.is_open:
            raise Refused(week.why_locked())
        week.take_turn(seen=week.version)
    return weeks


def keep_among_typed(timesheet: Timesheet, absence: Absence):
    """Say the same among the words of a week that cannot be stored yet: they are shown, and saved, instead of it."""
    if timesheet.typed is None:
        return
    prefix = f"d{absence.day.weekday()}"
    said = {"absence": absence.kind, "note": absence.note, "foreseen": "on" if absence.foreseen else ""}
    timesheet.typed |= {f"{prefix}-{name}": value for name, value in said.items()}
    timesheet.save(update_fields=["typed"])
