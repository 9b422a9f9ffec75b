"""The page on which a working pattern is agreed."""

from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.setup import changing, plan
from placements.setup.pattern_form import PatternForm
from placements.setup.reckoning import adds_up
from placements.setup.tasters import TasterDays, look_over
from placements.setup.views.placements import next_page, patterns_in_words
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF
from portal.posted import seen_in
from portal.workflow import Refused, SomebodyWasQuicker


@role_required(*STAFF)
def pattern_edit(request, pk):
    """Agree a pattern, from a day on; `?from=` names the one to change. What breaks working time is refused."""
    placement = placement_to_handle(request, pk)
    replaces = asked_for(placement, request.GET.get("from", "")) or only_one(request, placement)
    form = PatternForm(placement, replaces or usual_start(placement), replaces, request.POST or None)
    problems = []
    if request.method == "POST" and form.wants_filling:
        form.fill()
    elif request.method == "POST" and form.is_valid():
        clashes = plan.clashes_of(placement, form.valid_from, form.days(), replaces=replaces)
        form.refuse(clashes)
        problems = [] if clashes else plan.problems_of(placement, form.valid_from, form.days(), replaces=replaces)
        if not clashes and not problems:
            look_over_taster(placement, form)
        is_right = not clashes and not problems and not form.head.errors
        if is_right and "work_out" not in request.POST and store(request, placement, form):
            return redirect(next_page(placement), pk)
    student = placement.student
    context = {
        "placement": placement,
        "form": form,
        "problems": problems,
        "replaces": replaces,
        "patterns": patterns_in_words(placement),
        "reckoning": reckoning_of_pattern(placement, form),
        "age": student.age_on(max(placement.first_on, timezone.localdate())),
        "turns_18_on": turns_18_on(placement),
    }
    return render(request, "placements/pattern_edit.html", context)


def look_over_taster(placement: Placement, form: PatternForm):
    """Of a work taster, other times are asked about as those of a new one are."""
    if placement.is_taster:
        pattern = placement.pattern.with_version(form.valid_from, form.days(), replaces=form.replaces)
        days = TasterDays(pattern, placement.first_on, placement.last_on)
        look_over(form.head, placement.student, days, stored=placement, closed="valid_from", beyond="valid_from")


def reckoning_of_pattern(placement: Placement, form: PatternForm):
    """What the placement adds up to with the days typed, as far as they are right; else with what is agreed."""
    pattern, days = placement.pattern, form.typed_days()
    if form.is_bound and days and (valid_from := form.head.typed_day()):
        pattern = pattern.with_version(valid_from, days, replaces=form.replaces)
    return adds_up(placement.student, placement.first_on, placement.last_on, pattern, placement=placement)


def store(request, placement: Placement, form: PatternForm) -> bool:
    """Store a valid pattern and say what it adds up to; False where somebody was quicker."""
    try:
        is_new = changing.set_pattern(
            placement,
            form.valid_from,
            form.pattern_days(),
            replaces=form.replaces,
            seen=placement.version,
            by=request.user,
        )
    except SomebodyWasQuicker as quicker:
        form.head.add_error(None, f"{quicker} Save again to see what has changed.")
        return False
    except Refused as refused:
        form.head.add_error(None, str(refused))
        return False
    says = placement.pattern.described(form.valid_from)
    if is_new:
        messages.success(request, f"The working pattern has been saved: {says}.")
    else:
        messages.info(request, f"Nothing has changed: this is agreed already: {says}.")
    return True


def asked_for(placement: Placement, text: str) -> date | None:
    """The beginning of a pattern that the address names; the only one where none is named before it began."""
    starts = [start for start, _ in placement.pattern.versions]
    return next((start for start in starts if start.isoformat() == text), None)


def only_one(request, placement: Placement) -> date | None:
    """Before the start, the only pattern is the one to change, unless a later one is asked for (`?later=1`)."""
    starts = [start for start, _ in placement.pattern.versions]
    is_it = placement.status == Placement.Status.PLANNED and len(starts) == 1 and "later" not in request.GET
    return starts[0] if is_it else None


def usual_start(placement: Placement) -> date:
    """From when a new pattern usually holds: the first day for the first one, else next Monday."""
    if not placement.pattern:
        return placement.first_on
    today = timezone.localdate()
    next_monday = today + timedelta(days=7 - today.weekday())
    return min(max(next_monday, placement.first_on), placement.last_on)


def turns_18_on(placement: Placement) -> date | None:
    """The eighteenth birthday, where it lies within the placement: other limits hold from then on."""
    day = plan.birthday(placement.student, placement.student.born_on.year + 18)
    return day if placement.first_on < day <= placement.last_on else None


@require_POST
@role_required(*STAFF)
def pattern_remove(request, pk):
    """Take a later pattern away; the one before holds on."""
    placement = placement_to_handle(request, pk)
    valid_from = asked_for(placement, request.POST.get("from", ""))
    try:
        changing.remove_pattern(placement, valid_from, seen=seen_in(request.POST), by=request.user)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The later pattern has been removed; the one before holds on.")
    return redirect("pattern_edit", pk)
