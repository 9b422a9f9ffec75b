"""Readiness for staff: a group at a glance, points settled for many at once, and one student."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.batches import batches
from portal.paging import COUNTED_AT_MOST, BoundedPaginator
from portal.people.models import STAFF, Role
from portal.tables import DOWNLOADS
from portal.workflow import SomebodyWasQuicker
from students.models import Student
from students.readiness import settling
from students.readiness.filters import ReadinessFilter
from students.readiness.forms import SettleForm, StudentForm
from students.readiness.models import Round, Settled
from students.readiness.standing import Standings, standings_of
from students.whose import students_at_desk

PAGE, ROUNDS = 50, 5
PEOPLE = ("user", "tlevel", "tutor")


@role_required(*STAFF)
def readiness_list(request):
    """Students and the points, page by page; a form settles points for those who are chosen."""
    own = students_at_desk(request)
    chosen = ReadinessFilter(request.GET, own.select_related(*PEOPLE), desk=request.desk)
    if (kind := request.GET.get("download")) in DOWNLOADS:
        return downloaded(kind, chosen.qs)
    page = paged(chosen.qs).get_page(request.GET.get("page"))
    standings = standings_of([student.pk for student in page])
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        own=own, shown=chosen.qs, points=standings.points, found=page.paginator.count,
    )  # fmt: skip
    if form.is_valid():
        return settled(request, form)
    chosen.offer(standings.points)
    context = {
        "chosen": chosen,
        "page": page,
        "points": standings.points,
        "rows": [(student, standings.of(student.pk)) for student in page],
        "figures": [] if page.paginator.has_more else figures(standings, chosen.qs),
        "form": form,
        "rounds": own_rounds(request)[:ROUNDS],
        "is_coordinator": request.desk.role == Role.COORDINATOR,
    }
    return render(request, "readiness/readiness_list.html", context, status=422 if form.errors else 200)


def own_rounds(request):
    """What was settled for groups lately: by the person at the desk, or by anybody for the placement office."""
    return settling.undoable(Round.objects.visible_to(request.user).filter(provider=request.desk.provider_id))


def paged(students) -> BoundedPaginator:
    """Students by name, or, of a list that is longer than one counts, in the order in which they came."""
    found = students.order_by()[: COUNTED_AT_MOST + 1].count()
    return BoundedPaginator(students if found <= COUNTED_AT_MOST else students.order_by("pk"), PAGE, found=found)


def figures(standings: Standings, students) -> list:
    """(point, for how many of all students that are found it is settled). One query."""
    rows = Settled.objects.filter(student__in=students.order_by().values("pk")).order_by()
    counts = dict(rows.values_list("code").annotate(number=Count("pk")))
    return [(point, counts.get(point.code, 0)) for point in standings.points]


def settled(request, form):
    """Settle, and say for how many. The page stays as it was filtered."""
    data = form.cleaned_data
    done = settling.settle(
        data["students"], data["chosen_points"], request.desk.provider, note=data["note"], by=request.user
    )
    if done:
        messages.success(request, f"Settled: {done}. You can undo it below.")
    else:
        messages.info(request, "All of that was settled already. Nothing has changed.")
    return redirect(request.get_full_path())


def downloaded(kind: str, students):
    """All students that are found with who settled which point and when. Two queries for every 500."""
    header = ["Student", "T Level", "Year of entry", "Tutor", *(one.short for one in standings_of([]).points)]
    return DOWNLOADS[kind](f"readiness-{timezone.localdate():%Y-%m-%d}.{kind}", header, lines_of(students))


def lines_of(students):
    """The rows of the download."""
    for part in batches(list(students.values_list("pk", flat=True))):
        standings, found = standings_of(part), Student.objects.select_related(*PEOPLE).in_bulk(part)
        for student in (found[key] for key in part):
            who = [student.name, str(student.tlevel), student.entry_year, student.tutor.name if student.tutor else ""]
            yield who + [one.settled.sentence() if one.settled else "" for one in standings.of(student.pk)]


@require_POST
@role_required(*STAFF)
def readiness_undo(request, pk):
    """Take back what was settled for a group."""
    done = get_object_or_404(own_rounds(request), pk=pk)
    number = settling.undo(done, by=request.user)
    says = f"Undone: {number} point{'' if number == 1 else 's'} taken back." if number else "That was undone already."
    messages.success(request, says)
    return redirect("readiness_list")


@role_required(*STAFF)
def student_readiness(request, pk):
    """All points of one student, to settle, note and take back."""
    student = get_object_or_404(students_at_desk(request).select_related("user"), pk=pk)
    standings = standings_of([student.pk])
    form = StudentForm(request.POST if request.method == "POST" else None, standings.of(student.pk))
    if form.is_valid():
        try:
            settling.write(student, standings.points, form.wanted, form.seen, by=request.user)
            messages.success(request, "Saved.")
            return redirect("student_readiness", pk)
        except SomebodyWasQuicker as quicker:
            form.add_error(None, str(quicker))
    missing, of = len(standings.missing(student.pk)), len(standings.points)
    context = {"student": student, "form": form, "missing": missing, "says": f"{of - missing} of {of} are settled"}
    return render(request, "readiness/student_readiness.html", context, status=422 if form.errors else 200)
