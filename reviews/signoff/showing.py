"""Where the sign-off shows itself: the student's page for staff, the student's home, the dashboards."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from portal.needs import Waiting, for_staff
from portal.people.models import Role
from portal.rooms import Entry, Step, WhenAny, for_student, on_placement, on_student
from portal.words import full_stop, long_date
from reviews.risk.models import Standing
from reviews.signoff.completion import holding, is_complete, with_completion
from reviews.signoff.models import FigureQuestion, Judgement, SpecialConsideration
from reviews.signoff.standing import standing_of
from students.models import Student

FRESH = timedelta(days=14)
CELEBRATED = timedelta(days=28)
PATIENCE = timedelta(days=7)


@on_student(5)
def completion_of_student(student, user):
    """Before all else: signed off, complete, or what is missing."""
    found = with_completion().get(pk=student.pk)
    tone, says = standing_of(found)
    if found.signoff:
        return Entry("Sign-off", reverse("signoff_detail", args=[found.signoff.pk]), says, tone, "check-circle")
    return Entry("Completion and sign-off", reverse("completion", args=[student.pk]), says, tone, "check-circle")


@on_placement(5, of_tasters=True)
def signed_off(placement, relations):
    """Why nothing of this placement changes any more. No query; nothing for the line manager."""
    student = placement.student
    if student.signed_off_at is None or not relations & {"student", "tutor", "coordinator"}:
        return None
    says = f"Signed off on {long_date(student.signed_off_at)}: nothing changes any more"
    return Entry("Sign-off", reverse("completion", args=[student.pk]), says, "good", "lock")


@for_student(4)
def signed_off_lately(student, placements, today):
    """For four weeks after the sign-off, before the certificate. No query."""
    if student.signed_off_at and student.signed_off_at >= timezone.now() - CELEBRATED:
        url = reverse("completion_own")
        yield Step("Your placement is signed off", url, "good", "Congratulations! See what is kept of it.")


@for_student(8)
def nearly_complete(student, placements, today):
    """Once the hours are reached."""
    return WhenAny(with_all_hours, steps_to_the_end, student=student.pk)


def with_all_hours(student):
    return Student.objects.filter(
        pk=student, signed_off_at=None, left_on=None, hours__counted__gte=F("hours__required")
    )


def steps_to_the_end(students):
    url = reverse("completion_own")
    yield Step("Your hours are reached: see what is still needed", url, "good", "Then your tutor signs you off.")


@for_student(9)
def answers_to_my_questions(student, placements, today):
    """An answer or a decision of the last two weeks."""
    return WhenAny(answered_lately, answers_to_read, student=student.pk, since=timezone.now() - FRESH)


def answered_lately(student, since):
    fresh = Q(status=FigureQuestion.Status.ANSWERED, answered_at__gte=since)
    fresh |= Q(status=FigureQuestion.Status.DECIDED, decided_at__gte=since)
    return FigureQuestion.objects.filter(fresh, student=student)


def answers_to_read(questions):
    for question in questions.select_related("answered_by", "decided_by"):
        url = reverse("figure_question_detail", args=[question.pk])
        yield Step("Read the answer to your question", url, "calm", full_stop(question.sentence()))


# --- Dashboards -----------------------------------------------------------------------------------------------------


def without_tutor(rows, desk):
    """What a tutor does is the placement office's to do where a student has no tutor."""
    return rows if desk.role == Role.TUTOR else rows.filter(student__tutor=None)


@for_staff(
    "consideration_waits", says="Special consideration waits for a second person", act="Confirm or refuse it",
    url="consideration_detail", icon="users",
)  # fmt: skip
def considerations_waiting(desk):
    rows = SpecialConsideration.objects.filter(provider=desk.provider_id, status=SpecialConsideration.Status.PROPOSED)
    return Waiting(rows.exclude(proposed_by=desk.user_id), student="student", since="proposed_at")


@for_staff(
    "out_of_reach", says="The hours cannot be reached any more as things are", act="See what can help",
    url="completion", tone="problem", icon="flag", seen="reach_seen",
)  # fmt: skip
def hours_out_of_reach(desk):
    """Until another plan brings them into reach, or special consideration is proposed, or it is put aside."""
    proposed = SpecialConsideration.objects.filter(student=OuterRef("student"), status__in=SpecialConsideration.OPEN)
    rows = Standing.objects.out_of_reach(desk, desk.now)
    rows = rows.filter(~Exists(proposed), provider=desk.provider_id, is_aside=False, student__signed_off_at=None)
    return Waiting(without_tutor(rows, desk), "student", "reckoned_on", "student")


@for_staff(
    "figure_question", says="A question about a figure waits for an answer", act="Answer the question",
    url="figure_question_detail", icon="speech",
)  # fmt: skip
def questions_waiting(desk):
    """The tutor's; the placement office's where there is no tutor, or after a week."""
    rows = FigureQuestion.objects.filter(provider=desk.provider_id, status=FigureQuestion.Status.ASKED)
    if desk.role != Role.TUTOR:
        rows = rows.filter(Q(student__tutor=None) | Q(asked_at__lt=desk.now - PATIENCE))
    return Waiting(rows, student="student", since="asked_at", outlasts=True)


@for_staff(
    "figure_dispute", says="A second person's decision about a figure is asked for", act="Decide it",
    url="figure_question_detail", icon="users", role=Role.COORDINATOR,
)  # fmt: skip
def disputes_waiting(desk):
    """The placement office's, but for whoever gave the answer."""
    rows = FigureQuestion.objects.filter(provider=desk.provider_id, status=FigureQuestion.Status.DISPUTED)
    return Waiting(rows.exclude(answered_by=desk.user_id), student="student", since="objected_at", outlasts=True)


@for_staff(
    "ready_to_sign_off", says="Complete: ready to be signed off", act="Sign off", url="signoff_add", tone="good",
    icon="check-circle",
)  # fmt: skip
def ready_to_be_signed_off(desk):
    """From the judgements that no sign-off rests on yet, which are few, to their students."""
    judged = Judgement.objects.current().filter(is_sufficient=True, settled_at=None)
    open_ones = judged.alias(**holding("student__")).filter(is_complete(), is_running=False)
    return Waiting(without_tutor(open_ones, desk), "student", "at", "student")
