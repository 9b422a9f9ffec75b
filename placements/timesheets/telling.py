"""Mails about days away to come: to manager and tutor when they are told, and when one is taken back."""

from collections import defaultdict

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
        *others, last = [f"{absence.day:%-d %B}" for absence in absences]
        days = f"{', '.join(others)} and {last}" if others else last
        tell(absences, f"{days} {timesheet.sunday.year}", by=by)
    return sum(map(len, news.values()))


def tell_taken_back(absence: Absence, *, by) -> bool:
    """Tell whoever was told of a day away that the student comes after all, unless it is past; whether it was so."""
    if absence.mailed_at is None or absence.day < timezone.localdate():
        return False
    mail_people("absence_taken_back", absence.placement, by=by, day=absence.day)
    return True
