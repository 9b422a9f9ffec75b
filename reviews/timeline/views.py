"""A student's way in order of time: what happened, and what is planned."""

from itertools import groupby

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.access import role_required
from portal.people.models import Role
from portal.timeline import Timeline, end_of_day
from students.models import Student

PAGE = 50
ORDERS = [("", "Latest first"), ("oldest", "Oldest first")]


class TimelineForm(forms.Form):
    """What is shown, and in which order; its state is the address of the page."""

    kind = forms.ChoiceField(label="Show", required=False)
    order = forms.ChoiceField(label="Order", required=False, choices=ORDERS)

    def __init__(self, kinds, data):
        super().__init__(data)
        self.fields["kind"].choices = [("", "Everything"), *kinds]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self, name: str) -> str:
        """What was chosen; '' where it was nothing, or nothing that there is."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


def student_timeline(request, pk):
    """For the student, their tutor and the placement office; each finds what they may see elsewhere, too."""
    return show(request, get_object_or_404(students_of(request), pk=pk))


@role_required(Role.STUDENT)
def timeline_own(request):
    """A student's own, at the provider at whose desk they sit."""
    return show(request, get_object_or_404(students_of(request), user=request.user, provider=request.desk.provider_id))


def students_of(request):
    return Student.objects.visible_to(request.user).select_related("user", "tlevel")


def show(request, student):
    timeline = Timeline(student, request.user)
    form = TimelineForm(timeline.kinds, request.GET)
    timeline.kind, timeline.newest_first = form.chosen("kind"), not form.chosen("order")
    rows = timeline.rows()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    moments = [timeline.read(row) for row in page.object_list]
    context = {
        "student": student,
        "form": form,
        "page": page,
        "groups": grouped(moments),
        "today": timezone.localdate(),
        "today_page": page_of_today(timeline, rows),
        "is_own": student.user_id == request.user.pk,
        "is_office": student.provider_id in request.user.providers_as(Role.COORDINATOR),
    }
    return render(request, "timeline/student_timeline.html", context)


def grouped(moments: list) -> list[dict]:
    """The lines by month. `is_today` marks the group before which the line of today is drawn."""
    groups = []
    for (planned, month), found in groupby(moments, lambda moment: (moment.is_planned, month_of(moment))):
        turns = bool(groups) and groups[-1]["is_planned"] != planned
        groups.append({"is_planned": planned, "month": month, "moments": list(found), "is_today": turns})
    return groups


def month_of(moment):
    """The first day of its month."""
    return timezone.localtime(moment.at).date().replace(day=1)


def page_of_today(timeline: Timeline, rows: list) -> int:
    """The page on which past and future meet, 0 where nothing is planned."""
    today = end_of_day(timeline.now)
    ahead = sum(at > today for _, at, *_ in rows)
    if not ahead:
        return 0
    first_past = ahead if timeline.newest_first else len(rows) - ahead
    return min(first_past, len(rows) - 1) // PAGE + 1
