"""The lists that the figures open: students, tutors, employers."""

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone

from portal.access import role_required
from portal.paging import COUNTED_AT_MOST, BoundedPaginator
from portal.people.models import STAFF, Role
from portal.tables import DOWNLOADS
from reviews.cohort.figures import behaviour, qualities, shows_tutors, tutor_cells, tutor_lines, valued
from reviews.cohort.filters import CohortFilter, StudentsFilter, options
from reviews.cohort.tables import SPREAD, TABLES, employers, spread_row
from reviews.cohort.views.cohort import back_if_wrong, to_cohort
from reviews.risk.judging import Level
from reviews.risk.models import Phase

PAGE = 50
VALUES = {
    "first_name": F("student__user__first_name"), "last_name": F("student__user__last_name"),
    "tlevel_title": F("tlevel__title"), "tutor_first_name": F("tutor__first_name"),
    "tutor_last_name": F("tutor__last_name"),
}  # fmt: skip
FIELDS = ("student_id", "entry_year", "phase", "level", "progress", "reasons", "coverage", "reckoned_at")
HEADER = [
    "First name", "Last name", "Year of entry", "T Level", "Tutor", "Placement", "Hours in %", "How they stand", "Why",
    "What it rests on", "Looked at",
]  # fmt: skip


@role_required(*STAFF)
def cohort_students(request):
    """The students behind a figure, the worst first, with the reasons."""
    chosen = StudentsFilter(request.GET, desk=request.desk)
    rows = chosen.qs.order_by("-level", "pk").values(*FIELDS, **VALUES)
    if (kind := request.GET.get("download")) in DOWNLOADS and chosen.form.is_valid():
        return downloaded("students", kind, HEADER, (cells(row) for row in rows.iterator(chunk_size=2000)))
    chosen.offer(options(request.desk))
    found = chosen.qs.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()
    page = BoundedPaginator(rows, PAGE, found=found).get_page(request.GET.get("page"))
    page.object_list = [row | shown(row) for row in page.object_list]
    context = {"chosen": chosen, "page": page, "params": chosen.data, "is_coordinator": is_coordinator(request)}
    return render(request, "cohort/cohort_students.html", context)


@role_required(Role.COORDINATOR)
def cohort_tutors(request):
    """All tutors with the spread of their students' progress, the most at risk or out of reach first."""
    if back := back_if_wrong(request):
        return back
    chosen = CohortFilter(request.GET, desk=request.desk)
    if not shows_tutors(chosen):
        return to_cohort(request)
    cells = valued(tutor_cells(chosen))
    if (kind := request.GET.get("download")) in DOWNLOADS:
        return downloaded("tutors", kind, ["Tutor", *SPREAD], map(spread_row, tutor_lines(cells, chosen)))
    found = tutor_lines(cells, chosen) if chosen.is_of_a_standing else cells
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    if not chosen.is_of_a_standing:
        page.object_list = tutor_lines(page.object_list, chosen)
    return render(request, "cohort/cohort_tutors.html", {"chosen": chosen, "page": page, "params": chosen.data})


@role_required(Role.COORDINATOR)
def cohort_employers(request):
    """All employers of whom at least five students said something."""
    rows = qualities(request.desk)
    if (kind := request.GET.get("download")) in DOWNLOADS:
        return downloaded("employers", kind, TABLES["employers"].header, employers({"qualities": rows}))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = [row | {"behaviour": behaviour(row)} for row in page.object_list]
    return render(request, "cohort/cohort_employers.html", {"page": page, "params": request.GET})


def is_coordinator(request) -> bool:
    return request.desk.role == Role.COORDINATOR


def shown(row: dict) -> dict:
    """What a row says in words."""
    level = Level(row["level"])
    return {
        "name": f"{row['first_name']} {row['last_name']}",
        "tutor_name": f"{row['tutor_first_name'] or ''} {row['tutor_last_name'] or ''}".strip(),
        "phase_label": Phase(row["phase"]).said(row["progress"]),
        "label": level.label,
        "tone": level.tone,
    }


def cells(row: dict) -> list:
    """A row for a spreadsheet."""
    said = shown(row)
    return [
        row["first_name"], row["last_name"], row["entry_year"], row["tlevel_title"], said["tutor_name"],
        said["phase_label"], row["progress"], said["label"], " ".join(row["reasons"]), row["coverage"],
        row["reckoned_at"],
    ]  # fmt: skip


def downloaded(name: str, kind: str, header, rows):
    return DOWNLOADS[kind](f"cohort-{name}-{timezone.localdate():%Y-%m-%d}.{kind}", header, rows)
