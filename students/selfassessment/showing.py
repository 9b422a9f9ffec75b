"""Where self-assessments show themselves: the student's next steps, and the student's page for the tutor."""

from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, Subquery
from django.urls import reverse

from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, for_student, on_student
from students.selfassessment.models import SelfAssessment

NEAR_THE_END = timedelta(days=14)


@for_student(80)
def the_next_self_assessment(student, placements, today):
    """Suggested at the start, in the middle and near the end of an open record; each goes when one was begun since."""
    if student.frozen_says:
        return None
    due = max((moment for moment in moments(placements) if moment <= today), default=date.min)
    figures = {
        "is_done": part(Exists, finished_since, student=student.pk, since=due),
        "pk": part(Subquery, newest_key, student=student.pk),
        "status": part(Subquery, newest_status, student=student.pk),
    }
    return Figures(figures, suggestion)


def newest_key(student):
    return SelfAssessment.objects.filter(student=student).order_by("-begun_at").values("pk")[:1]


def newest_status(student):
    return newest_key(student).values("status")


def finished_since(student, since):
    return SelfAssessment.objects.finished().filter(student=student, begun_at__date__gte=since)


def suggestion(is_done, pk, status):
    """`pk` and `status` are those of the newest self-assessment, None where there is none."""
    if is_done:
        return None
    if status == SelfAssessment.Status.OPEN:
        url = reverse("selfassessment_detail", args=[pk])
        return Step("Go on with your self-assessment", url, "calm", "It waits where you left it.")
    says = "See how far you have come: three minutes" if pk else "How ready do you feel? Three minutes"
    return Step(says, reverse("selfassessment_list"), "calm", "21 short statements. Only you see your answers.")


def moments(placements):
    """The middle and the end of each placement, as days from which on another one is worth it."""
    for placement in placements:
        yield placement.first_on + (placement.last_on - placement.first_on) / 2
        yield placement.last_on - NEAR_THE_END


@on_student(20)
def growth(student, user):
    """For the tutor only: what was shared."""
    if student.tutor_id != user.pk:
        return None
    return Figures({"shared": part(CountUpTo, shared, student=student.pk)}, partial(growth_entry, student))


def shared(student):
    return SelfAssessment.objects.filter(student=student, status=SelfAssessment.Status.HANDED_IN)


def growth_entry(student, shared):
    says = f"{shared} shared" if shared else "Nothing shared yet"
    url = reverse("student_growth", args=[student.pk])
    return Entry("Self-assessment and growth", url, says, "good" if shared else "calm", "sort-up")
