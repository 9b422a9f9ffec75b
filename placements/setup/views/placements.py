"""Pages of placements: the list, everything about one, adding and changing one. The pattern has a file of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from employers.models import Employer
from placements.dates import beyond_the_course
from placements.models import Placement
from placements.setup import changing, plan
from placements.setup.dates import pattern_on, store_with_dates
from placements.setup.filters import PlacementFilter, in_order
from placements.setup.forms import DatesForm, PlacementAddForm, PlacementEditForm
from placements.setup.reckoning import adds_up
from placements.setup.taster_form import TasterAddForm, TasterEditForm, reckoned
from placements.setup.tasters import TasterDays, TasterHours, comes_to
from placements.several import without_tasters
from placements.starting import missing_in, tasks_of
from placements.timesheets.models import Timesheet
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.history.models import Event
from portal.paging import COUNTED_AT_MOST, BoundedPaginator
from portal.people.models import STAFF, Role
from portal.rooms import entries_of, with_rooms
from portal.searching import matching
from portal.words import hours
from students.models import Student
from students.tlevels.rules import in_force_on
from students.whose import students_at_desk

PAGE = 50
OFFERED = 20


def own_placements(request):
    """The placements of the desk in use: a tutor's caseload, all of a coordinator's provider."""
    rows = Placement.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return rows.filter(student__tutor=request.user) if request.desk.role == Role.TUTOR else rows


@role_required(*STAFF)
def placement_list(request):
    found = PlacementFilter(request.GET, own_placements(request), desk=request.desk)
    number = found.qs.order_by()[: COUNTED_AT_MOST + 1].count()
    keys = in_order(found.qs, request.GET.get("sort", "")).values_list("pk", flat=True)
    page = BoundedPaginator(keys, PAGE, found=number).get_page(request.GET.get("page"))
    rows = Placement.objects.with_people().in_bulk(list(page.object_list))  # only these 50 are joined to their people
    page.object_list = [rows[pk] for pk in page.object_list]
    return render(request, "placements/placement_list.html", {"filter": found, "page": page})


def placement_detail(request, pk):
    """Everything about a placement, as far as it is the reader's to see; acts for those who may use them."""
    rows = with_rooms(Placement.objects.visible_to(request.user).with_people().select_related("student__hours"))
    placement = get_object_or_404(rows.prefetch_related("pattern_days"), pk=pk)
    relations = placement.relations(request.user)
    is_staff = bool(relations & STAFF)
    weeks = weeks_of(placement)
    if relations == {"manager"}:
        weeks = [week for week in weeks if week.status != Timesheet.Status.DRAFT]  # not theirs to read yet
    is_planned = placement.status == Placement.Status.PLANNED
    tasks = tasks_of([placement], with_advice=is_staff)[pk] if is_planned else []
    context = {
        "placement": placement,
        "is_staff": is_staff,
        "tasks": tasks if is_staff else [],
        "rooms": entries_of(placement, relations),
        "is_student": "student" in relations,
        "is_tutor": "tutor" in relations,
        "moves": placement.moves(request.user),
        "missing": missing_in(tasks),
        "patterns": patterns_in_words(placement),
        "agreed": plan.agreed_minutes(placement),
        "counts": of_taster(placement) if is_staff else None,
        "is_one_day": placement.first_on == placement.last_on,
        "weeks": weeks,
        "events": Event.objects.about(placement)[:PAGE] if relations - {"manager"} else None,
    }
    return render(request, "placements/placement_detail.html", context)


def of_taster(placement: Placement) -> TasterHours | None:
    """What a work taster adds up to beside the student's others, until it is over; None of anything else."""
    if not placement.is_taster or not placement.pattern or placement.status == Placement.Status.ENDED:
        return None
    return comes_to(placement.student, TasterDays.of(placement), instead_of=placement)


def patterns_in_words(placement: Placement) -> list[dict]:
    """The working pattern over time, oldest first, with the minutes of a week and whether it holds now."""
    versions, today = placement.pattern.versions, timezone.localdate()
    found = []
    for number, (valid_from, days) in enumerate(versions):
        until = versions[number + 1][0] if number + 1 < len(versions) else None
        found.append(
            {
                "valid_from": valid_from,
                "says": placement.pattern.described(valid_from),
                "minutes": sum(day.minutes for day in days.values()),
                "is_now": (valid_from <= today or number == 0) and (until is None or today < until),
                "is_later": number > 0,
            }
        )
    return found


def weeks_of(placement: Placement) -> list[Timesheet]:
    """All weeks so far, newest first; one that nobody has begun is an unsaved draft."""
    if placement.status == Placement.Status.PLANNED:
        return []
    stored = {}
    for week in placement.timesheets.select_related("decided_by", "on_paper_by"):
        week.placement = placement
        stored[week.monday] = week
    today = timezone.localdate()
    mondays = {monday for monday in placement.mondays() if monday <= today} | set(stored)
    return [
        stored.get(monday) or Timesheet(placement=placement, monday=monday) for monday in sorted(mondays, reverse=True)
    ]


@role_required(*STAFF)
def placement_add(request):
    """One thing at a time: the student, the employer, then the rest. What was chosen stands in the address.

    With ?kind=taster it is a work taster, which has all the rest in one form.
    """
    students = students_to_place(request)
    student = chosen(students, request.GET.get("student"))
    if student is None or (student.frozen_says and request.method == "GET"):
        return choose(request, "student", matching_students(students, request.GET.get("q", "")), frozen=student)
    employers = Employer.objects.visible_to(request.user).filter(provider=student.provider_id)
    employer = chosen(employers, request.GET.get("employer"))
    if employer is None:
        found = employers.filter(matching(request.GET.get("q", ""), "name", "town"))
        return choose(request, "employer", found, student=student)
    if is_taster(request):
        return add_taster(request, student, employer)
    form = PlacementAddForm(request.POST or None, student=student, employer=employer)
    if form.is_valid() and "work_out" not in request.POST:
        placement = changing.add_placement(form.instance, by=request.user)
        messages.success(request, f"The placement at {employer} has been added. Now agree the days and times.")
        return redirect("pattern_edit", placement.pk)
    others = other_placements(student)
    context = {"form": form, "student": student, "employer": employer, "others": others}
    context["reckoning"] = reckoning_of(form, student)
    employers = {other.employer_id for other in without_tasters(others)} | {employer.pk}
    context["is_one_too_many"] = len(employers) > most_employers()
    return render(request, "placements/placement_add.html", context)


def is_taster(request) -> bool:
    """Whether the address asks for a work taster."""
    return request.GET.get("kind") == Placement.Kind.TASTER


def add_taster(request, student: Student, employer: Employer):
    """The last step for a work taster: what, with whom, when."""
    form = TasterAddForm(request.POST or None, student=student, employer=employer)
    if form.is_valid() and "work_out" not in request.POST:
        taster = changing.add_taster(form.instance, form.pattern_days(), by=request.user)
        messages.success(request, f"The work taster at {employer} has been added.")
        return redirect("placement_setup", taster.pk)
    context = {"form": form, "student": student, "employer": employer, "others": other_placements(student)}
    context |= {"counts": comes_to(student), "reckoning": reckoned(student, request.POST or None)}
    return render(request, "placements/taster_add.html", context)


def reckoning_of(form, student: Student, placement: Placement | None = None):
    """What the dates of a form add up to, as far as they are right; None while they are not there."""
    typed = DatesForm(form.data if form.is_bound else form.initial)
    if not typed.is_valid():
        return None
    first_on, last_on = typed.cleaned_data["first_on"], typed.cleaned_data["last_on"]
    pattern = pattern_on(placement, first_on, last_on) if placement else None
    return adds_up(student, first_on, last_on, pattern, placement=placement)


def most_employers() -> int:
    return in_force_on(timezone.localdate()).max_employers


def students_to_place(request):
    """The students of the desk in use, with what adding up dates needs."""
    return students_at_desk(request).select_related("user", "tlevel", "specialism", "tutor", "hours")


def matching_students(students, text: str):
    """Those for whom a placement may be planned, by name or ULN."""
    open_ones = students.filter(signed_off_at=None, left_on=None)
    return open_ones.filter(matching(text, "user__first_name", "user__last_name", "uln"))


def chosen(rows, pk):
    """The row with this primary key from the address; None if there is none, 404 if it is not theirs."""
    if not pk:
        return None
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    return get_object_or_404(rows, pk=pk)


def choose(request, what: str, rows, student=None, frozen: Student | None = None):
    """A page on which one of `rows` is chosen, with a search where there are many. `frozen`: whom it cannot be for."""
    rows = list(rows[: OFFERED + 1])
    context = {"what": what, "rows": rows[:OFFERED], "has_more": len(rows) > OFFERED}
    context |= {"student": student, "frozen": frozen}
    context["q"] = request.GET.get("q", "")
    context["is_taster"] = is_taster(request)
    return render(request, "placements/placement_choose.html", context)


def other_placements(student: Student) -> list[Placement]:
    return list(student.placements.select_related("employer").order_by("first_on"))


@role_required(*STAFF)
def placement_edit(request, pk):
    placement = placement_to_handle(request, pk)
    form_of = TasterEditForm if placement.is_taster else PlacementEditForm
    form = form_of(request.POST or None, instance=placement)
    if form.is_valid() and "work_out" not in request.POST and stored(form, by=request.user):
        says = beyond_the_course(placement.student, placement.last_on)
        messages.success(request, f"The {placement.called} has been saved{now_agreed(form)}. {says}".strip())
        return redirect(next_page(placement), pk)
    context = {"form": form, "placement": placement, "reckoning": reckoning_of(form, placement.student, form.before)}
    return render(request, "placements/placement_edit.html", context)


def now_agreed(form: PlacementEditForm) -> str:
    """What is agreed for the other days of a work taster, as the end of a sentence; '' where nothing of it changed."""
    taster = form.instance
    taster.__dict__.pop("pattern", None)
    if not taster.is_taster or not form.has_other_days(form.cleaned_data) or not taster.pattern:
        return ""
    return f": {taster.pattern.described(taster.first_on)}, {hours(plan.agreed_minutes(taster))} in all"


def stored(form: PlacementEditForm, *, by) -> bool:
    """Store a valid form; False where somebody was quicker, or the rules refuse it."""
    return form.stored_by(lambda: store_with_dates(form.instance, seen=form.instance.version, by=by))


def next_page(placement: Placement) -> str:
    """Where one goes after a step: on along the path while the placement is planned, else back to its page."""
    return "placement_setup" if placement.status == Placement.Status.PLANNED else "placement_detail"
