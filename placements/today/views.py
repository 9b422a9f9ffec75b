"""The student's home: how far, today, this week, what next."""

from itertools import islice

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.bank_holidays import name_of
from placements.models import Placement
from placements.several import told_apart
from placements.timesheets.models import Spell, Timesheet
from placements.timesheets.week import of_whole_day
from placements.today.entry import NOT_RIGHT, Entry, entry_of
from placements.today.glance import glance_of
from placements.today.kept import kept_spells
from placements.today.spells import add_spell, take_out
from placements.today.way import Way, stage_of, way_of
from portal.access import role_required
from portal.navigation import FOLDER
from portal.posted import whole_number
from portal.words import hours
from portal.workflow import Refused, SomebodyWasQuicker

SHOWN_AT_MOST = 3


@role_required("student")
def student_home(request):
    """One calm page; today's entry is sent to it."""
    if request.method == "POST":
        return today_sent(request)
    way = way_now(request)
    return home_page(request, way, entry_of(way))


def home_page(request, way, entry: Entry, status=200):
    """The student's home, with today's entry as it stands, or as it was sent."""
    asked = list(islice(way.asked, SHOWN_AT_MOST + 1))
    places = reverse("place_list")
    shown = entry if entry.day == way.today else entry_of(way)
    context = {
        "today": way.today,
        "student": way.student,
        "placement": way.placement,
        "placements": way.placements,
        "running": way.running,
        "several": len(way.running) > 1,
        "has_tutor": way.student.tutor_id is not None,
        "signed_off": way.student.signed_off_at is not None,
        "place_url": "" if any(step.url == places for step in asked[:SHOWN_AT_MOST]) else places,
        "stages": FOLDER,
        "stage": way.stage,
        "hours": way.placements[0].student.hours if way.placements else None,
        "asked": asked[:SHOWN_AT_MOST],
        "has_more": len(asked) > SHOWN_AT_MOST,
        "bank_holiday": name_of(way.today),
        "entry": entry,
        "form": entry.form or shown.form,
        "not_logged": typed_for_a_day(request.POST) if request.method == "POST" and not entry.form else "",
    }
    if shown.week:
        context |= this_week(shown, way)
    return render(request, "today/student_home.html", context, status=status)


def typed_for_a_day(data) -> str:
    """What was typed for a day, to be copied where it could not be stored."""
    return ", ".join(filter(None, (data.get(name, "").strip() for name in ("starts", "finishes", "activity"))))


def today_sent(request):
    """Add today's spell to the week; a second click finds it there. What was written is said, and can be taken out."""
    way = way_now(request)
    entry = entry_of(way, request.POST)
    if entry.form is None:
        return home_page(request, way, entry, status=409)
    if not entry.form.is_valid():
        return home_page(request, way, entry, status=422)
    try:
        spell = add_spell(entry.week, entry.form.as_spell())
    except Refused as refused:
        entry.form, entry.why_not = None, str(refused)
        return home_page(request, way, entry, status=409)
    except SomebodyWasQuicker:
        return today_sent(request)  # what is in the way by now is told next to its field
    is_today = entry.day == way.today
    called = "Today" if is_today else f"{entry.day:%A %-d %B}"
    messages.success(request, f"{called} is written down: {spell}, {hours(spell.minutes)}.")
    if says := of_whole_day(entry.week.placement, [spell]):
        messages.warning(request, says)
    if is_today:
        return redirect(home_at(entry.week.placement_id, way))
    return redirect(f"{reverse('week_edit', args=[spell.timesheet_id])}#day-{entry.day.weekday()}")


def way_now(request) -> Way:
    """The way of the student who is signed in, today, at the placement that the page or its address names."""
    at = whole_number(request.POST.get("at") or request.GET.get("at", ""))
    return way_of(request.user, request.desk.provider, timezone.localdate(), at)


def home_at(placement: int, way: Way) -> str:
    """The address of the home at this placement, as far as there is a choice."""
    home = reverse("student_home")
    return f"{home}?at={placement}" if len(way.running) > 1 else home


@role_required("student")
def student_next(request):
    """Everything that is asked of the student, of which the home shows the first few."""
    return render(request, "today/student_next.html", {"asked": list(way_now(request).asked)})


@role_required("student")
def student_folder(request):
    """Everything that is the student's own: the stage where they are, then the others in the order of their way."""
    placements = told_apart(Placement.objects.own(request.user).filter(provider=request.desk.provider).with_people())
    stage = stage_of(placements)
    in_turn = sorted(FOLDER, key=lambda one: one.name != stage)
    context = {"stages": FOLDER, "in_turn": in_turn, "stage": stage, "placements": placements}
    return render(request, "today/student_folder.html", context)


def this_week(entry: Entry, way: Way) -> dict:
    """What the page shows of the running week."""
    placement, spells_today = entry.week.placement, [spell for spell in entry.spells if spell.day == way.today]
    absence = way.absent[placement.pk].get(way.today)
    return {
        "week": entry.week,
        "title": f"Today at {placement.where}" if len(way.running) > 1 else "Today",
        "absence_today": absence,
        "glance": glance_of(way, entry.week, entry.spells),
        "is_day_off": not (placement.pattern.on(way.today) or name_of(way.today) or spells_today or absence),
        "spells_today": spells_today,
        "unfinished": entry.why_not == NOT_RIGHT,
    }


@require_POST
@role_required("student")
def today_take_out(request, pk):
    """Take one of today's entries out of the week again, while the week is open."""
    own = Timesheet.objects.own(request.user)
    rows = Spell.objects.filter(timesheet__in=own, day=timezone.localdate())
    spell = get_object_or_404(rows.select_related("timesheet__placement"), pk=pk)
    home = redirect(f"{reverse('student_home')}?at={spell.timesheet.placement_id}")
    if kept_spells(spell.timesheet) is None:
        messages.warning(request, "Something in your week is not right yet. Mend it first.")
        return home
    try:
        take_out(spell)
        messages.success(request, f"{spell} is taken out again.")
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return home
