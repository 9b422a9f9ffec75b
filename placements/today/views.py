"""The student's home: how far, today, this week, what next."""

from datetime import timedelta
from itertools import islice

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.bank_holidays import name_of
from placements.models import Placement
from placements.timesheets.models import Spell, Timesheet, monday_of
from placements.timesheets.week import spells_elsewhere
from placements.today.forms import TodayForm
from placements.today.spells import add_spell, take_out
from placements.today.way import stage_of, way_of
from portal.access import role_required
from portal.navigation import FOLDER
from portal.words import hours
from portal.workflow import Refused, SomebodyWasQuicker

SHOWN_AT_MOST = 3


@role_required("student")
def student_home(request):
    """One calm page; today's entry is sent to it."""
    today = timezone.localdate()
    way = way_of(request.user, request.desk.provider, today)
    asked = list(islice(way.asked, SHOWN_AT_MOST + 1))
    context = {
        "today": today,
        "placement": way.placement,
        "placements": way.placements,
        "has_tutor": way.student.tutor_id is not None,
        "stages": FOLDER,
        "stage": way.stage,
        "hours": way.placements[0].student.hours if way.placements else None,
        "asked": asked[:SHOWN_AT_MOST],
        "has_more": len(asked) > SHOWN_AT_MOST,
        "bank_holiday": name_of(today),
        "days": [],
        "unfinished": False,
    }
    form = None
    if way.placement and way.placement.status == Placement.Status.ACTIVE:
        week = week_of(way.placement, way.weeks, monday_of(today))
        context |= this_week(week, way.absent[way.placement.pk], today)
        form = form_of_today(request, week, context["spells_today"], today)
    if request.method == "POST":
        if form is None:
            messages.warning(
                request, "Today cannot be written down: this week is handed in, or outside your placement."
            )
            return redirect("student_home")
        if form.is_valid():
            return today_sent(request, week, form)
    return render(
        request, "today/student_home.html", context | {"form": form}, status=422 if form and form.errors else 200
    )


@role_required("student")
def student_next(request):
    """Everything that is asked of the student, of which the home shows the first few."""
    way = way_of(request.user, request.desk.provider, timezone.localdate())
    return render(request, "today/student_next.html", {"asked": list(way.asked)})


@role_required("student")
def student_folder(request):
    """Everything that is the student's own, in the order of their way."""
    placements = list(Placement.objects.own(request.user).filter(provider=request.desk.provider).with_people())
    context = {"stages": FOLDER, "stage": stage_of(placements), "placements": placements}
    return render(request, "today/student_folder.html", context)


def this_week(week: Timesheet, absent: dict, today) -> dict:
    """What the page shows of the running week. One query where it is stored."""
    spells = list(week.spells.all()) if week.pk else []
    return {
        "week": week,
        "absence_today": absent.get(today),
        "days": days_of(week, spells, absent),
        "spells_today": [spell for spell in spells if spell.day == today],
        "unfinished": bool(week.typed),
    }


def form_of_today(request, week: Timesheet, taken: list, today) -> TodayForm | None:
    """The form for today's entry; None where today cannot be written down."""
    if not (week.placement.covers(today) and week.is_open and not week.typed):
        return None
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        taken = taken + list(spells_elsewhere(week).filter(day=today))
    placement = week.placement
    has_send = placement.student.has_send
    return TodayForm(posted, day=today, agreed=placement.pattern.on(today), taken=taken, has_send=has_send)


def today_sent(request, week, form):
    """Add today's spell to the week; a second click finds it there. What was written is said, and can be taken out."""
    spell = form.as_spell()
    if not any(form.is_same(taken) for taken in form.taken):
        try:
            add_spell(week, spell)
        except (Refused, SomebodyWasQuicker) as refused:
            messages.warning(request, str(refused))
            return redirect("student_home")
    messages.success(request, f"Today is written down: {spell}, {hours(spell.minutes)}.")
    return redirect("student_home")


@require_POST
@role_required("student")
def today_take_out(request, pk):
    """Take one of today's entries out of the week again, while the week is open."""
    own = Timesheet.objects.own(request.user)
    rows = Spell.objects.filter(timesheet__in=own, day=timezone.localdate())
    spell = get_object_or_404(rows.select_related("timesheet__placement"), pk=pk)
    if spell.timesheet.typed:
        messages.warning(request, "Something in your week is not right yet. Mend it first.")
        return redirect("student_home")
    try:
        take_out(spell)
        messages.success(request, f"{spell} is taken out again.")
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return redirect("student_home")


def week_of(placement, weeks, monday) -> Timesheet:
    """The stored week among `weeks`, or an unsaved draft."""
    fitting = (week for week in weeks if week.placement_id == placement.pk and week.monday == monday)
    return next(fitting, None) or Timesheet(placement=placement, monday=monday)


def days_of(week, spells, absent) -> list[dict]:
    """This week at a glance."""
    found = []
    for number in range(7):
        day = week.monday + timedelta(days=number)
        found.append(
            {
                "day": day,
                "minutes": sum(spell.minutes for spell in spells if spell.day == day),
                "absence": absent.get(day),
                "agreed": week.placement.pattern.minutes_on(day) if week.placement.covers(day) else 0,
                "bank_holiday": name_of(day),
            }
        )
    return found
