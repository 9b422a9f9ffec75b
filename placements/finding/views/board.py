"""The board 'Finding places': who has none, for how long, what was tried, and what could fit. Matching stays human."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import Case, Count, DateTimeField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.applying import fitting, put_forward
from placements.finding.described import matches_of
from placements.finding.filters import Looking
from placements.finding.forms import ForwardForm
from placements.finding.models import Application, Find
from placements.hours.models import Stage
from placements.models import Placement
from portal.access import role_required
from portal.paging import COUNTED_AT_MOST, BoundedPaginator
from portal.people.models import STAFF
from portal.workflow import Refused
from students.models import Student
from students.whose import students_at_desk

PAGE, SUGGESTED, LOOKED_AT = 50, 10, 100


def with_since(students):
    """`since_at`: from when on a student has no place: after the last placement, else since they are known."""
    ended = Placement.objects.without_tasters().filter(student=OuterRef("pk"), status=Placement.Status.ENDED).order_by()
    last = ended.values("student").annotate(day=Max("last_on")).values("day")
    return students.annotate(
        since_at=Coalesce(Cast(Subquery(last), DateTimeField()), "user__joined_at"),
        is_placed=Case(When(hours__stage=Stage.WITHOUT, then=Value(0)), default=Value(1)),
    )


@role_required(*STAFF)
def finding_board(request):
    """Students without a place first, those who have waited longest on top."""
    chosen = Looking(request.GET, students_at_desk(request), desk=request.desk)
    keys = with_since(chosen.qs).order_by("is_placed", "since_at", "pk").values_list("pk", flat=True)
    keys = list(keys[: COUNTED_AT_MOST + 1])  # all are sorted anyway, so that reading them saves counting them
    page = BoundedPaginator(keys, PAGE, found=len(keys)).get_page(request.GET.get("page"))
    rows = Student.objects.select_related("user", "tlevel", "specialism", "tutor", "hours")
    page.object_list = rows_of(page.object_list, with_since(rows))
    context = {
        "filter": chosen,
        "page": page,
        "openings": openings(request.desk.provider_id),
        "has_students": bool(keys) or students_at_desk(request).exists(),
    }
    for student in page:
        taken = sum(1 for row in student.tried if row.status in Application.LIVE and row.opportunity.is_open())
        student.openings = 0 if student.frozen_says else max(openings_for(student, context["openings"]) - taken, 0)
    return render(request, "finding/finding_board.html", context)


def rows_of(keys: list[int], students) -> list[Student]:
    """The students of a page in their order, each with what was tried. Two queries."""
    found, tried, today = students.in_bulk(keys), defaultdict(list), timezone.localdate()
    for row in Application.objects.filter(student__in=keys).select_related("opportunity__employer", "put_forward_by"):
        tried[row.student_id].append(row)
    for student in found.values():
        student.tried = tried[student.pk]
        student.open = [row for row in student.tried if row.status in Application.OPEN]
        student.outcomes = outcomes(student.tried)
        count_days(student, today)
    return [found[key] for key in keys]


def count_days(student: Student, today):
    """`since` as a day, and `days_without` (None for whoever has a place, is signed off or gone)."""
    student.since = timezone.localdate(student.since_at)
    is_looking = not student.is_placed and not student.frozen_says
    student.days_without = max((today - student.since).days, 0) if is_looking else None


def outcomes(applications) -> str:
    """What came of those that are over: '2 not successful, 1 withdrawn'."""
    counts = defaultdict(int)
    for row in applications:
        if row.status not in Application.OPEN:
            counts[row.get_status_display().lower()] += 1
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))


def openings(provider: int) -> dict:
    """How many opportunities with places are open, by T Level and specialism. One query."""
    rows = Opportunity.objects.filter(provider=provider).open_on(timezone.localdate()).order_by()
    counted = rows.values_list("tlevels", "specialism").annotate(number=Count("pk"))
    return {(tlevel, specialism): number for tlevel, specialism, number in counted}


def openings_for(student: Student, counted: dict) -> int:
    own = counted.get((student.tlevel_id, student.specialism_id), 0) if student.specialism_id else 0
    return counted.get((student.tlevel_id, None), 0) + own


def student_or_404(request, pk) -> Student:
    rows = students_at_desk(request).select_related("user", "tlevel", "specialism", "tutor", "provider", "hours")
    return get_object_or_404(with_since(rows), pk=pk)


@role_required(*STAFF)
def finding_student(request, pk):
    """One student: what was tried, and what could fit, with the reasons; nothing once the record is frozen."""
    student, today = student_or_404(request, pk), timezone.localdate()
    count_days(student, today)
    applications = list(Application.objects.filter(student=student).with_people())
    placements = Placement.objects.filter(student=student).exclude(status=Placement.Status.ENDED)
    placements = list(placements.select_related("employer").prefetch_related("pattern_days"))
    taken = {row.opportunity_id for row in applications if row.status in Application.LIVE}
    tried = {row.opportunity_id: lowered(row.sentence()) for row in applications}
    rows = fitting(student).open_on(today).exclude(pk__in=taken).with_people().prefetch_related("days")
    waiting = Count("applications", filter=Q(applications__status__in=Application.OPEN))
    rows = rows.annotate(waiting=waiting).order_by("closes_on", "pk")[:LOOKED_AT]
    context = {
        "student": student,
        "days_without": student.days_without,
        "open": [row for row in applications if row.status in Application.LIVE],
        "over": [row for row in applications if row.status not in Application.LIVE],
        "finds": Find.objects.filter(student=student).with_people(),
        "placements": placements,
        "matches": [] if student.frozen_says else matches_of(student, rows, placements, tried, today)[:SUGGESTED],
    }
    return render(request, "finding/finding_student.html", context)


def lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


@role_required(*STAFF)
def finding_forward(request, pk, opportunity):
    """Put a student forward for an opportunity, with a few words. The student is asked first."""
    student = student_or_404(request, pk)
    rows = fitting(student).open_on(timezone.localdate()).with_people().prefetch_related("days")
    opportunity = get_object_or_404(rows, pk=opportunity)
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            put_forward(opportunity, student, words=form.cleaned_data["words"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{student.name} is asked by mail to agree. The employer knows nothing yet.")
            return redirect("finding_student", pk)
    context = {"form": form, "student": student, "opportunity": opportunity}
    return render(request, "finding/finding_forward.html", context, status=422 if form.errors else 200)
