"""Checks of employers: what has lapsed, what will, what is missing. The office sees all, a tutor their own."""

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone

from employers.checks.filters import MISSING, CheckFilter
from employers.checks.models import Check
from employers.checks.queries import employers_of, figures, missing_rows
from portal.access import role_required
from portal.people.models import Role
from portal.tables import DOWNLOADS

PAGE = 50
HEADER = ["Employer", "Check", "Site", "Checked on", "Checked by", "Holds until", "State"]
SORTS = {
    "employer": [F("employer__name")],
    "check": [F("kind__number"), F("kind__pk")],
    "until": [F("expires_on")],
}
STRIP = [  # figure, words, ?state=
    ("lapsed", "lapsed", "lapsed"),
    ("within_7", "lapsing within 7 days", "7"),
    ("within_30", "within 30 days", "30"),
    ("within_60", "within 60 days", "60"),
    ("missing", "missing", MISSING),
]


def in_order(checks, asked: str):
    """`checks` sorted as ?sort= asks; what lapses first stands first, what never lapses last."""
    fields = SORTS.get(asked.removeprefix("-"), SORTS["until"])
    turned = [field.desc(nulls_last=True) if asked.startswith("-") else field.asc(nulls_last=True) for field in fields]
    return checks.order_by(*turned, "employer__name", "pk")


@role_required(Role.TUTOR, Role.COORDINATOR)
def check_list(request):
    today, provider = timezone.localdate(), request.desk.provider
    current = Check.objects.current().filter(kind__provider=provider, kind__is_used=True)
    if is_tutor := request.desk.role == Role.TUTOR:
        current = current.filter(employer__in=employers_of(request.desk).values("pk"))
    chosen = CheckFilter(request.GET, current, desk=request.desk)
    if is_missing := chosen.asked.get("state") == MISSING:
        rows = missing_rows(provider, chosen.employers, chosen.asked.get("kind"))
    else:
        rows = chosen.of_employers(chosen.qs).select_related("employer", "site").defer("note")
        rows = in_order(rows, request.GET.get("sort", ""))
    if (kind := request.GET.get("download")) in DOWNLOADS:
        lines = (line_of(row, today, is_missing) for row in rows)
        return DOWNLOADS[kind](f"checks-{today:%Y-%m-%d}.{kind}", HEADER, lines)
    lacks = missing_rows(provider, employers_of(request.desk)).count()
    numbers = figures(current, today) | {"missing": lacks}
    context = {
        "chosen": chosen,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "is_missing": is_missing,
        "leaves_out_missing": bool(lacks and not chosen.asked.get("state")),
        "is_tutor": is_tutor,
        "figures": [(words, state, numbers[name]) for name, words, state in STRIP],
    }
    return render(request, "checks/check_list.html", context)


def line_of(row, today, is_missing: bool) -> list:
    """A row of the download."""
    if is_missing:
        return [row.employer_name, row.kind_title, row.place, None, "", None, "Missing"]
    sentence = row.sentence(today)
    return [row.employer.name, row.wording, row.place, row.checked_on, row.checked_by, row.expires_on, sentence]
