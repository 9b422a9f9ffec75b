"""Choosing reports: for the students of a list, or for one; the worker makes the file (packing.py)."""

from dataclasses import dataclass
from itertools import islice

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.access import role_required
from portal.parcels.asking import ask_for
from portal.people.models import Role
from reviews.dashboards.filters import StudentFilter
from reviews.dashboards.queries import students_of
from reviews.dashboards.rows import all_rows
from reviews.reports.forms import ChoiceForm
from reviews.reports.packing import students_in

MOST = 500
NAMED = 60  # students who are shown by name, each with a box to leave them out
LONGEST_BACK = 500  # characters that a parcel keeps of the address where it was asked for


@dataclass(frozen=True)
class Selection:
    """The students that an address means, in its order: those who are ticked, or all that its filters leave."""

    pks: list[int]
    is_ticked: bool

    @property
    def count(self) -> int:
        return len(self.pks)

    @property
    def is_too_many(self) -> bool:
        return self.count > MOST

    @property
    def is_named(self) -> bool:
        return 1 < self.count <= NAMED


def selection_of(request) -> Selection:
    """Never more than one too many is looked at."""
    ticked = [int(pk) for pk in request.GET.getlist("student") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    students = students_of(request.desk, request.user)
    if ticked:
        students = students.filter(pk__in=ticked[: MOST + 1])
    chosen = StudentFilter(request.GET, students=students, desk=request.desk)
    if not ticked and chosen.wanted_states:
        pks = (row.student.pk for row in all_rows(chosen, timezone.localdate()))
    else:
        rows = students if ticked else chosen.qs
        pks = rows.order_by(*chosen.order).values_list("pk", flat=True)[: MOST + 1]
    return Selection(list(islice(pks, MOST + 1)), bool(ticked))


@role_required(Role.TUTOR, Role.COORDINATOR)
def report_choose(request):
    """Choose kinds for the students that the address means; what is sent goes to the worker."""
    selection = selection_of(request)
    named = students_in(selection.pks) if selection.is_named else []
    data = request.POST if request.method == "POST" else None
    form = ChoiceForm(data, for_staff=True, with_list=True, students=named)
    may_ask = selection.pks and not selection.is_too_many
    if may_ask and form.is_valid():
        pks = form.chosen_students() if named else selection.pks
        return redirect("parcel_detail", asked_for(request, form, pks).pk)
    context = {"form": form, "selection": selection, "most": MOST, "is_tutor": request.desk.role == Role.TUTOR}
    return render(request, "reports/report_choose.html", context, status=422 if request.method == "POST" else 200)


def asked_for(request, form: ChoiceForm, pks: list[int]):
    """Hand it to the worker; back leads to where it was asked for, as far as that address can be kept."""
    back = request.get_full_path()
    if len(back) > LONGEST_BACK:
        back = reverse("report_choose") if request.desk.role != Role.STUDENT else request.path
    whom = f"{len(pks)} students" if len(pks) > 1 else students_in(pks)[0].name
    return ask_for(
        "reports",
        desk=request.desk,
        title=f"{form.title()}: {whom}",
        options={"students": pks, "kinds": form.cleaned_data["kinds"], "way": form.cleaned_data["way"]},
        back=back,
    )
