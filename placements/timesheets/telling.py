"""Mails about days away to come: to manager and tutor when they are told, and when one is taken back."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from placements.bank_holidays import name_of
from placements.timesheets.models import Absence, AbsenceKind, Timesheet
from portal.notices import mail


def mail_people(mailed: str, placement, *, by, **context):
    """Mail the placement's manager and tutor about days away, but not the one who wrote them down."""
    for person in {placement.manager, placement.tutor} - {None, by}:
        mail.send(mailed, to=person, context=context | {"placement": placement}, about=placement)


def tell(absences: list[Absence], span: str, *, by):
    """Tell of absences of one placement, kind and note, which last for `span` in words."""
    first = absences[0]
    Absence.objects.filter(pk__in=[absence.pk for absence in absences]).update(mailed_at=timezone.now())
    kind = first.get_kind_display().lower()
    mail_people("absence_told", first.placement, by=by, span=span, kind=kind, has_note=bool(first.note))


@transaction.atomic
def tell_days_to_come(timesheet: Timesheet, *, by) -> int:
    """Tell of the days of work to come that were written as away into the week itself, each once; returns how many."""
    placement, news = timesheet.placement, defaultdict(list)
    rows = timesheet.absences().filter(day__gt=timezone.localdate(), mailed_at=None)
    for absence in rows.exclude(kind=AbsenceKind.BANK_HOLIDAY).select_for_update(no_key=True):
        if placement.pattern.on(absence.day) and not name_of(absence.day):
            absence.placement = placement
            news[absence.kind, absence.note].append(absence)
    for absences in news.values():
        tell(absences, named([absence.day for absence in absences]), by=by)
    return sum(map(len, news.values()))


def named(days: list[date]) -> str:
    """'30 December, 31 December 2026 and 2 January 2027': the last day of each year has it."""
    last_of_years = {day.year: day for day in days}.values()
    *others, last = [f"{day:%-d %B %Y}" if day in last_of_years else f"{day:%-d %B}" for day in days]
    return f"{', '.join(others)} and {last}" if others else last


def is_expected(absence: Absence) -> bool:
    """Whether manager and tutor had a mail about a day away that is not past."""
    return absence.mailed_at is not None and absence.day >= timezone.localdate()


def tell_taken_back(absence: Absence, *, by) -> bool:
    """Tell whoever was told of a day away that the student comes after all, unless it is past; whether it was so."""
    if not is_expected(absence):
        return False
    mail_people("absence_taken_back", absence.placement, by=by, day=absence.day)
    return True
