"""The list of students on paper: who is where, how the hours stand, where that leads. The rows of the screen."""

from itertools import islice

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.access import role_required
from portal.pdf import pdf_response
from portal.people.models import Role
from portal.words import long_date
from reviews.dashboards.filters import StudentFilter
from reviews.dashboards.queries import students_of
from reviews.dashboards.rows import all_rows
from reviews.reports.kinds import Sheet, head
from students.years import EVERYBODY

THE_LIST = "list"  # among the kinds that can be chosen for many
AT_ONCE = 60  # students in a PDF that is made while somebody waits; more are made by the worker
MOST = 500


@role_required(Role.TUTOR, Role.COORDINATOR)
def caseload_print(request):
    """The students that the filters in the address leave, to read or print."""
    context = caseload_of(request.desk, request.user, request.GET)
    return render(request, "print/caseload.html", context | {"query": request.GET.urlencode(), "at_once": AT_ONCE})


@role_required(Role.TUTOR, Role.COORDINATOR)
def caseload_pdf(request):
    """The same as a PDF; of a longer list the way to the worker."""
    context = caseload_of(request.desk, request.user, request.GET)
    if len(context["rows"]) > AT_ONCE:
        response = redirect("report_choose")
        response["Location"] += f"?{request.GET.urlencode()}"
        return response
    return pdf_response(
        request, "print/caseload.html", context, f"{context['title']} - {long_date(timezone.now())}.pdf"
    )


def list_of(desk, user, pks: list[int]) -> Sheet:
    """The same for some students, within what is made for many."""
    return Sheet(
        "List of the students", "List of the students", "", "print/caseload.html", lambda: of_some(desk, user, pks)
    )


def of_some(desk, user, pks) -> dict:
    return caseload_of(desk, user, QueryDict(f"year={EVERYBODY}"), students_of(desk, user).filter(pk__in=pks))


def caseload_of(desk, user, wanted: QueryDict, students=None) -> dict:
    """What the list says: the first MOST rows of `students` (all of this desk) that the filters `wanted` leave."""
    rows = students_of(desk, user) if students is None else students
    chosen = StudentFilter(wanted, students=rows, desk=desk)
    found = list(islice(all_rows(chosen, timezone.localdate()), MOST + 1))
    is_tutor = desk.role == Role.TUTOR
    return head(desk.provider) | {
        "title": "Caseload" if is_tutor else "Students",
        "whose": user.name if is_tutor else desk.provider.name,
        "rows": found[:MOST],
        "is_cut": len(found) > MOST,
        "is_filtered": chosen.is_in_use or students is not None,
        "is_tutor": is_tutor,
        "most": MOST,
    }
