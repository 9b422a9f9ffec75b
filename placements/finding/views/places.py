"""Finding a place, for the student: what is open, one of them, applying, and what became of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, Q, When, Window
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from placements.finding.accepting import pattern_problems
from placements.finding.applying import cvs_of, fitting, send_application
from placements.finding.described import all_minutes, pattern_words, week_minutes
from placements.finding.filters import PlaceFilter
from placements.finding.forms import ApplyForm
from placements.finding.models import Application, Find
from portal.access import role_required
from portal.workflow import Refused, SomebodyWasQuicker
from students.models import Student
from students.papers.keeping import add_version, cv_of
from students.papers.models import Version
from students.papers.pages import count_pages
from students.whose import own_record

PAGE = 50


def student_of(request) -> Student:
    """The record of the signed-in student at the desk's provider."""
    return get_object_or_404(own_record(request).select_related("specialism", "hours"))


@role_required("student")
def place_list(request):
    """Places that are open for this student, with filters."""
    student = student_of(request)
    rows = fitting(student).open_on(timezone.localdate())
    found = PlaceFilter(request.GET, rows)
    places = found.qs.with_people().prefetch_related("days").order_by("closes_on", "pk")
    page = Paginator(places, PAGE).get_page(request.GET.get("page"))
    mine, number = live_at(page, student)
    for opportunity in page:
        opportunity.pattern_words, opportunity.mine = pattern_words(opportunity), mine.get(opportunity.pk)
    context = {"student": student, "filter": found, "page": page, "open": number}
    return render(request, "finding/place_list.html", context)


def live_at(opportunities, student: Student) -> tuple[dict[int, Application], int]:
    """(the student's live applications for these opportunities, how many there are for any). One query."""
    is_here = Case(When(opportunity__in=[opportunity.pk for opportunity in opportunities], then=0), default=1)
    rows = Application.objects.filter(student=student).live().order_by(is_here, "pk")
    rows = list(rows.annotate(number=Window(Count("pk")))[: max(len(opportunities), 1)])
    return {row.opportunity_id: row for row in rows}, rows[0].number if rows else 0


def place_or_404(student: Student, pk):
    """An opportunity that is open for the student, or that they have something to do with."""
    rows = fitting(student).with_people().prefetch_related("days")
    mine = Q(pk__in=Application.objects.filter(student=student).values("opportunity"))
    is_open = Q(pk__in=fitting(student).open_on(timezone.localdate()).values("pk"))
    return get_object_or_404(rows.filter(mine | is_open), pk=pk)


def mine_at(opportunity, student) -> Application | None:
    """The student's newest application there, if any."""
    rows = Application.objects.filter(opportunity=opportunity, student=student).with_people()
    return rows.order_by("-made_at", "-pk").first()


@role_required("student")
def place_detail(request, pk):
    student = student_of(request)
    opportunity = place_or_404(student, pk)
    mine = mine_at(opportunity, student)
    context = {
        "student": student,
        "opportunity": opportunity,
        "pattern": pattern_words(opportunity),
        "week": week_minutes(opportunity),
        "all": all_minutes(opportunity) if week_minutes(opportunity) else 0,
        "problems": pattern_problems(student, opportunity),
        "mine": mine,
        "may_apply": opportunity.is_open()
        and not student.frozen_says
        and (mine is None or mine.status not in Application.LIVE),
    }
    return render(request, "finding/place_detail.html", context)


@role_required("student")
def place_apply(request, pk):
    """Apply, or agree to being put forward: a covering note and a CV."""
    student = student_of(request)
    opportunity = place_or_404(student, pk)
    mine = mine_at(opportunity, student)
    is_asked = mine is not None and mine.status == Application.Status.PUT_FORWARD
    if not is_asked and mine is not None and mine.status in Application.LIVE:
        if request.POST.get("note", "").split() not in ([], mine.note.split()):
            messages.warning(request, f"You have applied already: {opportunity.employer} has what you sent first.")
        return redirect(mine)
    form = ApplyForm(request.POST or None, request.FILES or None, cvs=cvs_of(student))
    if request.method == "POST" and form.is_valid():
        try:
            application = sent(form, opportunity, student, mine if is_asked else None, by=request.user)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Your application is with {opportunity.employer}. You hear of it by mail.")
            if form.chosen is None and (advice := advice_on(application.cv, student)):
                messages.warning(request, f"Your CV: {advice}")
            return redirect(application)
    context = {"form": form, "student": student, "opportunity": opportunity, "asked": mine if is_asked else None}
    return render(request, "finding/place_apply.html", context, status=422 if form.errors else 200)


@transaction.atomic
def sent(form: ApplyForm, opportunity, student, asked: Application | None, *, by) -> Application:
    """Keep the CV and send the application, together or not at all."""
    cv = form.chosen or uploaded(form.cleaned_data["cv"], student, by=by).file
    if asked is None:
        return send_application(opportunity, student, note=form.cleaned_data["note"], cv=cv, by=by)
    asked.agree(by=by, note=form.cleaned_data["note"], cv=cv)
    return asked


def advice_on(cv, student: Student) -> str:
    """A friendly word on a CV that was just uploaded, '' where all is well."""
    version = Version.objects.with_people().filter(paper__student=student, file=cv).first()
    return version.advice() if version else ""


def uploaded(accepted, student: Student, *, by) -> Version:
    """Keep a new CV among the student's papers. Raises Refused where there are too many."""
    return add_version(cv_of(student), accepted, pages=count_pages(accepted), by=by)


@role_required("student")
def application_list(request):
    """Everything that the student has tried, the open ones first."""
    student = student_of(request)
    is_over = Case(When(status__in=Application.LIVE, then=0), default=1)
    rows = Application.objects.filter(student=student).with_people().order_by(is_over, "-made_at", "-pk")
    lists = [Paginator(rows, PAGE), Paginator(Find.objects.filter(student=student).with_people(), PAGE)]
    page = max(lists, key=lambda one: one.num_pages).get_page(request.GET.get("page"))  # both go by its number
    applications, finds = (one.page(page.number).object_list if page.number <= one.num_pages else [] for one in lists)
    context = {
        "student": student,
        "page": page,
        "accepted": [row for row in applications if row.status == Application.Status.ACCEPTED],
        "open": [row for row in applications if row.status in Application.OPEN],
        "over": [row for row in applications if row.status not in Application.LIVE],
        "finds": finds,
        "has_applied": lists[0].count > 0,
        "has_found": lists[1].count > 0,
    }
    return render(request, "finding/application_list.html", context)
