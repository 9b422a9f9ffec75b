"""How a week is drawn: to write in, or to read."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from placements.bank_holidays import name_of
from placements.timesheets import editing
from placements.timesheets.forms import FlagNoteForm, HandInForm, ReasonForm
from placements.timesheets.models import Timesheet
from placements.timesheets.week import problems_of
from portal.history.models import Event
from portal.own_saves import new_page


def week_form_page(request, timesheet, form, declaration=None, stored=None, status=200):
    """The week to write in. `stored` is its form as another tab left it, to be shown beside what was typed here."""
    today = timezone.localdate()
    work_to_come = today < timesheet.placement.last_day_of_work(timesheet.monday)
    context = week_context(timesheet, request.user) | {
        "form": form,
        "declaration": declaration or HandInForm(still=form.still()),
        "stored": [day for day in stored.open_days() if day.told()] if stored else None,
        "waits": editing.waits_for(timesheet, form),
        "keep": editing.keep_token(timesheet, request.user),
        "page_name": new_page(),
        "problems": problems_of(timesheet) if timesheet.pk else [],
        "today": today,
        "saved_first": work_to_come and timesheet.status == Timesheet.Status.DRAFT,
    }
    return render(request, "timesheets/week_edit.html", context, status=status)


def week_read_page(request, timesheet, typed=None, reason=None, status=200):
    placement = timesheet.placement
    by_day = {
        day: {
            "day": day,
            "agreed": placement.pattern.on(day) if placement.covers(day) else None,
            "bank_holiday": name_of(day),
            "spells": [],
        }
        for day in timesheet.days
    }
    if timesheet.pk:
        for spell in timesheet.spells.all():
            by_day[spell.day]["spells"].append(spell)
    for absence in timesheet.absences():
        by_day[absence.day]["absence"] = absence
    relations = timesheet.relations(request.user)
    flags = list(timesheet.flags.select_related("seen_by")) if timesheet.pk and relations - {"manager"} else []
    context = week_context(timesheet, request.user, flags) | {
        "rows": [row for row in by_day.values() if row["agreed"] or row["spells"] or "absence" in row],
        "typed": typed,
        "reason_form": reason or ReasonForm(),
        "flag_form": FlagNoteForm(),
        "flags": flags,
        "is_tutor": "tutor" in relations,
        "is_recorder": "recorder" in relations,
        "is_student": "student" in relations,
    }
    return render(request, "timesheets/week_read.html", context, status=status)


def week_context(timesheet, user, flags=()) -> dict:
    """What all pages of a week show. The history tells of `flags` as well: who may read it may read those."""
    before, after = neighbours(timesheet, user)
    return {
        "week": timesheet,
        "placement": timesheet.placement,
        "moves": timesheet.moves(user) if timesheet.pk else set(),
        "before": before,
        "after": after,
        "events": Event.objects.about(timesheet, *flags)[:50] if timesheet.pk else [],
    }


def neighbours(timesheet, user) -> tuple:
    """The Mondays before and after that this person may open, None where there is none. Managers: only weeks that were
    handed in, for one query."""
    week, placement = timedelta(weeks=1), timesheet.placement
    before = timesheet.monday - week if timesheet.monday > placement.first_on else None
    after = timesheet.monday + week if timesheet.monday + week <= placement.last_on else None
    if timesheet.relations(user) != {"manager"}:
        return before, after
    rows = Timesheet.objects.filter(placement=placement, monday__in=[before, after])
    handed_in = set(rows.exclude(status=Timesheet.Status.DRAFT).values_list("monday", flat=True))
    return tuple(monday if monday in handed_in else None for monday in (before, after))
