"""Writing a week: content in one transaction, flags when it is handed in, and what was typed but cannot be stored."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from placements.timesheets.models import Absence, Flag, Spell, Timesheet, away_yet_at_work, monday_of
from placements.timesheets.telling import is_expected, tell_taken_back
from placements.working_time import Mean, Problem, Work, in_hours, week_problems
from portal.history.models import record
from portal.times_of_day import minutes_between
from portal.workflow import SomebodyWasQuicker
from students.frozen import refuse_if_frozen
from students.tlevels.rules import in_force_on, working_time_for


def find_week(placement, monday: date) -> Timesheet:
    """The placement's week, or an unsaved draft of it (a GET writes nothing)."""
    found = Timesheet.objects.with_people().filter(placement=placement, monday=monday).first()
    return found or Timesheet(placement=placement, monday=monday)


def ensure_saved(timesheet: Timesheet) -> Timesheet:
    """The stored week. Two tabs that both begin it get the same one. Raises Refused once the student is signed off."""
    if timesheet.pk:
        return timesheet
    refuse_if_frozen(timesheet.placement.student_id)
    found, _ = Timesheet.objects.get_or_create(placement=timesheet.placement, monday=timesheet.monday)
    found.placement = timesheet.placement
    return found


def spells_elsewhere(timesheet, margin_days: int = 0):
    """The student's spells in other placements, in this week and `margin_days` around it."""
    margin = timedelta(days=margin_days)
    return Spell.objects.filter(
        timesheet__placement__student=timesheet.placement.student_id,
        day__range=(timesheet.monday - margin, timesheet.sunday + margin),
    ).exclude(timesheet__placement=timesheet.placement_id)


@transaction.atomic
def write_week(timesheet: Timesheet, form, *, by, seen: int):
    """Store the valid WeekForm as the content of an open week. Raises SomebodyWasQuicker unless it says the same."""
    try:
        timesheet.take_turn(seen=seen)
    except SomebodyWasQuicker:
        timesheet.refresh_from_db()
        if not timesheet.is_open or not says_the_same(timesheet, form):
            raise
        return
    timesheet.spells.all().delete()
    spells = form.spells()
    for spell in spells:
        spell.timesheet = timesheet
        spell.minutes = spell.worked()
    Spell.objects.bulk_create(spells)
    keep_absences(timesheet, form.absences(), by=by)
    timesheet.minutes = sum(spell.minutes for spell in spells)
    timesheet.typed, timesheet.message_begun = None, form.message()
    timesheet.save(update_fields=["minutes", "typed", "message_begun"])


def keep_absences(timesheet, wanted: list[Absence], *, by):
    """Make the absences of the week those that are wanted; unchanged ones keep the moment when they were told."""
    stored = {absence.day: absence for absence in timesheet.absences()}
    for absence in wanted:
        old = stored.pop(absence.day, None)
        absence.placement = timesheet.placement
        if old is None:
            absence.save()
        elif (old.kind, old.foreseen, old.note) != (absence.kind, absence.foreseen, absence.note):
            absence.pk, absence.told_at, absence.mailed_at = old.pk, old.told_at, old.mailed_at
            absence.save()
    for absence in stored.values():
        absence.placement = timesheet.placement
        absence.delete()
        tell_taken_back(absence, by=by)


def takes_back(timesheet, form) -> bool:
    """Whether the valid form takes out a day away of which manager and tutor know."""
    kept = {absence.day for absence in form.absences()}
    return any(is_expected(absence) for absence in timesheet.absences() if absence.day not in kept)


def says_the_same(timesheet, form) -> bool:
    """Whether what is stored is what the form says: a second click, not a second opinion."""

    def of_spell(spell):
        return (spell.day, spell.starts, spell.finishes, spell.break_minutes, spell.approach, spell.activity)

    def of_absence(absence):
        return (absence.day, absence.kind, absence.foreseen, absence.note)

    stored = sorted(map(of_spell, timesheet.spells.all())), sorted(map(of_absence, timesheet.absences()))
    said = sorted(map(of_spell, form.spells())), sorted(map(of_absence, form.absences()))
    return (*stored, timesheet.message_begun) == (*said, form.message())


@transaction.atomic
def keep_typed(timesheet: Timesheet, typed: dict, *, seen: int):
    """Keep what was typed and cannot be stored (errors in it, or nobody signed in any more) for the next visit.

    Raises SomebodyWasQuicker unless the same is kept already: a second click.
    """
    try:
        timesheet.take_turn(seen=seen)
    except SomebodyWasQuicker:
        timesheet.refresh_from_db()
        if not timesheet.is_open or timesheet.typed != typed:
            raise
        return
    timesheet.typed = typed
    timesheet.save(update_fields=["typed"])


def problems_of(timesheet: Timesheet):
    """What is unusual in a week: by working time, all employers added up (docs/rules.md), or while away. One query."""
    student = timesheet.placement.student
    rule_set = in_force_on(timesheet.monday)

    def limits_on(day):
        return working_time_for(student.age_on(day), rule_set)

    weeks = limits_on(timesheet.sunday).average_over
    first = timesheet.monday - timedelta(weeks=weeks - 1)
    margin = timedelta(days=2)  # rests reach into the days around the week
    span = (min(first, timesheet.monday - margin), timesheet.sunday + margin)
    away = Absence.objects.filter(placement=OuterRef("timesheet__placement"), day=OuterRef("day"))
    spells = list(
        Spell.objects.filter(timesheet__placement__student=student, day__range=span).annotate(away=Exists(away))
    )
    averaged = [spell for spell in spells if first <= spell.day <= timesheet.sunday] if weeks > 1 else []
    work = [
        Work(spell.day, spell.starts, spell.finishes, spell.break_minutes)
        for spell in spells
        if spell.day >= timesheet.monday - margin
    ]
    unusual = week_problems(timesheet.monday, work, limits_on, mean_week(averaged, timesheet.monday))
    own = [spell for spell in spells if spell.timesheet_id == timesheet.pk]
    return unusual + away_problems(timesheet, own) + break_problems(timesheet.placement, own)


def mean_week(spells: list[Spell], monday: date) -> Mean | None:
    """The mean of the weeks from the first of these spells to that of `monday`: fewer for whoever began lately."""
    if not spells:
        return None
    weeks = (monday - monday_of(min(spell.day for spell in spells))).days // 7 + 1
    return Mean(sum(spell.minutes for spell in spells) // weeks, weeks)


def away_problems(timesheet: Timesheet, spells: list[Spell]) -> list[Problem]:
    """Days of the week on which its student was away (`spell.away`), yet worked all that was agreed."""
    placement = timesheet.placement
    return [
        Problem("away", day, f"Away, yet {in_hours(minutes)} of work. Usually it is one or the other.")
        for day, minutes in minutes_by_day(spell for spell in spells if spell.away)
        if away_yet_at_work(minutes, placement.agreed_minutes(day, day))
    ]


def break_problems(placement, spells: list[Spell]) -> list[Problem]:
    """Days on which the break of the whole day was taken off a part of it, of half its time at most: as good as always
    the break was later, and the student loses it.
    """
    by_day = defaultdict(list)
    for spell in spells:
        by_day[spell.day].append(spell)
    found = {day: of_whole_day(placement, on_it) for day, on_it in by_day.items()}
    return [Problem("whole_break", day, says) for day, says in found.items() if says]


def of_whole_day(placement, spells: list[Spell]) -> str:
    """What is unusual about the breaks of a day's spells, in sentences that name them; '' where nothing is."""
    found = [
        f"{spell} has the break of the whole day, {in_hours(spell.break_minutes)}, taken off."
        for spell in spells
        if has_break_of_whole_day(placement, spell)
    ]
    return " ".join([*found, "If the break was later, or there was none, it is 0 here."]) if found else ""


def has_break_of_whole_day(placement, spell: Spell) -> bool:
    """Whether its break is that of the whole day, though it is half of the day at most."""
    agreed = placement.pattern.on(spell.day) if spell.break_minutes else None
    if not agreed or not agreed.break_minutes or spell.break_minutes < agreed.break_minutes:
        return False
    return 2 * minutes_between(spell.starts, spell.finishes) <= minutes_between(agreed.starts, agreed.finishes)


def minutes_by_day(spells) -> list[tuple[date, int]]:
    """Days with the minutes worked on them, in their order."""
    worked = defaultdict(int)
    for spell in spells:
        worked[spell.day] += spell.minutes
    return sorted(worked.items())


def raise_flags(timesheet: Timesheet) -> list[Flag]:
    """Write the flags of a week that was handed in; returns the new ones. What the tutor has seen stays as it is."""
    problems = {(problem.code, problem.day): problem.says for problem in problems_of(timesheet)}
    stored = {(flag.code, flag.day): flag for flag in timesheet.flags.all()}
    for key, flag in stored.items():
        if key not in problems and flag.seen_at is None:
            flag.delete()
        elif key in problems and flag.says != problems[key]:
            flag.says, flag.seen_at, flag.seen_by, flag.seen_note = problems[key], None, None, ""
            flag.save()
    new = [
        Flag(timesheet=timesheet, code=code, day=day, says=says)
        for (code, day), says in problems.items()
        if (code, day) not in stored
    ]
    return Flag.objects.bulk_create(new)


def weeks_beside(timesheet: Timesheet):
    """The student's weeks before and after it, at every employer, that are no longer open: rests lie between them."""
    week = timedelta(weeks=1)
    return (
        Timesheet.objects.with_people()
        .filter(placement__student=timesheet.placement.student_id)
        .filter(monday__in=[timesheet.monday - week, timesheet.monday + week])
        .exclude(status__in=Timesheet.OPEN)
    )


@transaction.atomic
def see_flag(flag: Flag, *, by, note: str):
    """Note that the tutor has looked at a flag, and what was done. The last note stands, the history keeps every look.

    A second look without a note, or with the same, changes nothing: an older page takes no note away.
    """
    rows = Flag.objects.filter(pk=flag.pk)
    rows = rows.exclude(seen_at__isnull=False, seen_note=note) if note else rows.unseen()
    if rows.update(seen_at=timezone.now(), seen_by=by, seen_note=note):
        record(flag, f"looked at the note '{flag.says}'" + (f" and wrote: {note}" if note else ""), by=by)
