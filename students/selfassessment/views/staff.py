"""What staff see: a tutor their students' shared self-assessments, the placement office the spread of a cohort."""

import django_filters
from django.shortcuts import render

from portal.access import role_required
from portal.people.models import Role
from students.models import Student
from students.selfassessment.growth import FEWEST, growth_of, in_short, spread_of
from students.selfassessment.growth_chart import growth_chart
from students.selfassessment.models import SelfAssessment
from students.tlevels.models import TLevel
from students.whose import tutored_student


@role_required(Role.TUTOR)
def student_growth(request, pk):
    """A student's growth over what they shared."""
    student = tutored_student(request, pk)
    shared = list(SelfAssessment.objects.filter(student=student, status=SelfAssessment.Status.HANDED_IN))
    changes = growth_of(shared)
    context = {
        "student": student,
        "assessments": shared,
        "changes": changes,
        "in_short": in_short(changes),
        "chart": growth_chart(changes, times=len(shared)),
        "times": len(shared),
    }
    return render(request, "selfassessment/student_growth.html", context)


class CohortFilter(django_filters.FilterSet):
    """Which students of the provider."""

    tlevel = django_filters.ModelChoiceFilter(
        label="T Level", queryset=TLevel.objects.all(), empty_label="All T Levels"
    )
    entry_year = django_filters.CharFilter(label="Year of entry")

    class Meta:
        model = Student
        fields = ["tlevel", "entry_year"]


@role_required(Role.COORDINATOR)
def selfassessment_spread(request):
    """Spread per statement over the cohort, never a person."""
    students = Student.objects.filter(provider=request.desk.provider_id)
    found = CohortFilter(request.GET, students)
    number, spread = spread_of(found.qs)
    context = {"filter": found, "number": number, "spread": spread, "fewest": FEWEST}
    return render(request, "selfassessment/selfassessment_spread.html", context)
