"""The tutor's caseload and the coordinator's students: one list, seen from two desks."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from placements.hours.models import Stage
from portal.access import role_required
from portal.needs import needs_in_order, number_of_needs, read_need
from portal.paging import COUNTED_AT_MOST, BoundedPaginator, in_words
from portal.tables import DOWNLOADS
from reviews.dashboards import queries
from reviews.dashboards.beginning import first_steps
from reviews.dashboards.caseload_needs import needs_of
from reviews.dashboards.filters import StudentFilter, Weeks
from reviews.dashboards.needs import KindForm, grouped, in_one_list, needs_in_rooms, room_need
from reviews.dashboards.rows import COLUMNS, all_rows, is_wanted, rows_of
from students.tlevels.deadline import first_current
from students.years import is_on_course, is_over_unsigned

PAGE = 50
FIRST_NEEDS = 40
FIGURES = [
    ("everybody", "students", "?"),
    ("without", "without a placement", f"?status={Stage.WITHOUT}"),
    ("active", "on placement", f"?status={Stage.ACTIVE}"),
    ("missing", "with a week missing", f"?weeks={Weeks.MISSING}"),
    ("waiting", "with a week waiting", f"?weeks={Weeks.WAITING}"),
]


@role_required("tutor")
def tutor_home(request):
    """What needs the tutor now, then the caseload."""
    now, today = timezone.now(), timezone.localdate()
    students = queries.students_of(request.desk, request.user)
    chosen = StudentFilter(request.GET, students=students, desk=request.desk)
    if request.GET.get("download") in DOWNLOADS:
        return download(request.GET["download"], chosen, today)
    caseload = students.order_by().values("pk")
    matching = chosen.qs.order_by().values("pk") if chosen.is_in_use else None
    rows = rows_of(queries.listed(request.desk, caseload, chosen.sorted_by, flags=False, matching=matching), today)
    needs = in_one_list(
        needs_in_rooms(request.desk, now), needs_of([row for row in rows if not row.student.left_on], now)
    )
    since = first_current(today)
    asked = rows if chosen.is_in_use else [row for row in rows if is_on_course(row.student, since)]
    shown = [row for row in asked if row.student.matches and is_wanted(row, chosen)]
    chosen.offer(tlevels={row.student.tlevel: row.student.tlevel_title for row in rows})
    context = listing(chosen, Paginator(shown, PAGE).get_page(request.GET.get("page")))
    over = sum(is_over_unsigned(row.student, since) for row in rows)
    context |= {
        "needs": needs,
        "groups": grouped(needs),
        "caseload": len(rows),
        "over": over,
        "is_coordinator": False,
    }
    return render(request, "dashboards/tutor_home.html", context)


@role_required("coordinator")
def coordinator_home(request):
    """The students of the provider, those on their course at first, with the figures that matter above them."""
    today = timezone.localdate()
    students = queries.students_of(request.desk, request.user)
    chosen = StudentFilter(request.GET, students=students, desk=request.desk)
    if request.GET.get("download") in DOWNLOADS:
        return download(request.GET["download"], chosen, today)
    numbers, options = queries.figures_and_options(request.desk, chosen.qs if chosen.is_in_use else None, today)
    chosen.offer(**options)
    context = listing(chosen, page_of(chosen, numbers["shown"], request.GET.get("page"), today))
    needs = needs_in_rooms(request.desk, timezone.now(), FIRST_NEEDS + 1)
    provider = request.desk.provider
    is_beginning = numbers["without"] == numbers["known"] or not provider.address
    context |= {
        "groups": grouped(needs[:FIRST_NEEDS]),
        "more": reverse("need_list") if len(needs) > FIRST_NEEDS else "",
        "figures": [
            (label, query, in_words(numbers[key]), chosen.is_narrowed_to(query)) for key, label, query in FIGURES
        ],
        "has_students": numbers["known"] > 0,
        "over": numbers["over"],
        "first_steps": first_steps(provider) if is_beginning else [],
        "is_coordinator": True,
    }
    return render(request, "dashboards/coordinator_home.html", context)


@role_required("coordinator")
def need_list(request):
    """Everything that needs the placement office, a line for each, by pages; `kind` in the address narrows it."""
    now = timezone.now()
    numbers = number_of_needs(request.desk, now)
    form = KindForm(numbers, request.GET)
    kind, found = form.chosen(), form.number()
    rows = needs_in_order(request.desk, now, kind)
    page = BoundedPaginator(rows, PAGE, found=found).get_page(request.GET.get("page"))
    page.object_list = [room_need(read_need(row)) for row in page.object_list]
    return render(request, "dashboards/need_list.html", {"page": page, "form": form, "is_narrowed": bool(kind)})


def page_of(chosen: StudentFilter, found: int, number, today):
    """A page of rows. Where the projected finish decides, all that the other filters leave are looked at."""
    if chosen.wanted_states and found <= COUNTED_AT_MOST:
        return Paginator(list(all_rows(chosen, today)), PAGE).get_page(number)
    if chosen.wanted_states:
        chosen.form.add_error("finish", f"At most {COUNTED_AT_MOST:,} students are looked at. Narrow the list first.")
    page = BoundedPaginator(chosen.qs.order_by(*chosen.order).values("pk"), PAGE, found=found).get_page(number)
    if found:
        page.object_list = rows_of(queries.listed(chosen.desk, page.object_list, chosen.sorted_by), today)
    return page


def listing(chosen: StudentFilter, page) -> dict:
    """What the list of students needs in a template."""
    return {"page": page, "chosen": chosen, "params": chosen.data}


def download(kind: str, chosen: StudentFilter, today):
    """All students that the filters leave, as a table to download."""
    rows = ([column(row) for column in COLUMNS.values()] for row in all_rows(chosen, today))
    return DOWNLOADS[kind](f"students-{today:%Y-%m-%d}.{kind}", COLUMNS, rows)
