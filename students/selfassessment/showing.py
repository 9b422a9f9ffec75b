"""Where self-assessments show themselves: the student's next steps, and the student's page for the tutor."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, Subquery
from django.urls import reverse

from portal.paging import CountUpTo
from portal.rooms import Entry, Figures, Step, for_student, on_student
from students.selfassessment.models import SelfAssessment

NEAR_THE_END = timedelta(days=14)


@for_student(80)
def the_next_self_assessment(student, placements, today):
    """Suggested at the start, in the middle and near the end until the sign-off; each goes when one was begun since."""
    if student.signed_off_at:
        return None
    due = max((moment for moment in moments(placements) if moment <= today), default=None)
    done = SelfAssessment.objects.finished().filter(student=student)
    if due:
        done = done.filter(begun_at__date__gte=due)
    newest = SelfAssessment.objects.filter(student=student).order_by("-begun_at")
    figures = {"is_done": Exists(done), "pk": Subquery(newest.values("pk")[:1])}
    return Figures(figures | {"status": Subquery(newest.values("status")[:1])}, suggestion)


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
    shared = SelfAssessment.objects.filter(student=student, status=SelfAssessment.Status.HANDED_IN)
    return Figures({"shared": CountUpTo(shared)}, partial(growth_entry, student))


def growth_entry(student, shared):
    says = f"{shared} shared" if shared else "Nothing shared yet"
    url = reverse("student_growth", args=[student.pk])
    return Entry("Self-assessment and growth", url, says, "good" if shared else "calm", "sort-up")
