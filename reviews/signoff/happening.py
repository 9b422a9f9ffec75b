"""The way to the sign-off in a student's timeline. Of special consideration only that there is one."""

from portal.timeline import Facts, Happening, happens
from portal.words import hours
from reviews.signoff.models import Figure, FigureQuestion, Judgement, SignOff, SpecialConsideration

Status = SpecialConsideration.Status


@happens("ending")
def judgements(student, user):
    rows = Judgement.objects.visible_to(user).filter(student=student)
    return Happening(rows, "at", says_judged, "completion", thing="student_id", state="is_sufficient")


def says_judged(row: Facts) -> str:
    is_sufficient = str(row.state).lower() in ("1", "true")
    return f"Progress with the learning goals judged: {'sufficient' if is_sufficient else 'not sufficient yet'}"


@happens("ending")
def signed_off(student, user):
    rows = SignOff.objects.visible_to(user).filter(student=student)
    return Happening(rows, "signed_off_at", says_signed, "signoff_detail", number="minutes", tone="good")


def says_signed(row: Facts) -> str:
    return f"Signed off: {hours(row.number)} count"


@happens("ending")
def reopened(student, user):
    rows = SignOff.objects.visible_to(user).filter(student=student)
    return Happening(rows, "reopened_at", says_reopened, "signoff_detail", words="reopened_because", tone="attention")


def says_reopened(row: Facts) -> str:
    return f"The record was opened again: {row.words}"


def considerations(student, user):
    return SpecialConsideration.objects.visible_to(user).filter(student=student)


@happens("ending")
def considered(student, user):
    rows = considerations(student, user)
    return Happening(rows, "proposed_at", lambda row: "Special consideration proposed", "consideration_detail")


@happens("ending")
def decided(student, user):
    return Happening(
        considerations(student, user).filter(status__in=[Status.CONFIRMED, Status.REFUSED]), "decided_at",
        lambda row: f"Special consideration {row.state}", "consideration_detail", state="status",
    )  # fmt: skip


def questions(student, user):
    return FigureQuestion.objects.visible_to(user).filter(student=student)


@happens("ending")
def asked(student, user):
    return Happening(questions(student, user), "asked_at", says_asked, "figure_question_detail", state="figure")


def says_asked(row: Facts) -> str:
    return f"A question about a figure: {Figure(row.state).label.lower()}"


@happens("ending")
def answered(student, user):
    says = "The question about a figure was answered"
    return Happening(questions(student, user), "answered_at", lambda row: says, "figure_question_detail", tone="good")


@happens("ending")
def second_opinion(student, user):
    says = "A second person decided about a figure"
    return Happening(questions(student, user), "decided_at", lambda row: says, "figure_question_detail", tone="good")
