"""Signing off: what has to hold is looked at once more, the figures are stored, and the record is frozen."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from placements.hours.receipt import Receipt, receipt_for
from placements.hours.totals import rebuild
from portal.history.models import record
from portal.people.models import STAFF
from portal.words import hours
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.signoff.completion import Completion, completion_of, with_completion
from reviews.signoff.models import Judgement, Kind, SignOff
from reviews.signoff.telling import tell
from students.frozen import refuse_if_frozen
from students.models import Student


def may_judge(student: Student, user) -> bool:
    """The tutor's to judge; the placement office judges where the student has no tutor."""
    relations = student.relations(user)
    return "tutor" in relations or ("coordinator" in relations and student.tutor_id is None)


@transaction.atomic
def judge(student: Student, *, is_sufficient: bool, words: str, by) -> Judgement:
    """Judge the progress with the learning goals. An earlier judgement is kept. Raises PermissionDenied, Refused."""
    if not may_judge(student, by):
        raise PermissionDenied
    Student.objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)
    refuse_if_frozen(student.pk)
    same = Judgement.objects.current().filter(student=student, is_sufficient=is_sufficient, words=words.strip(), by=by)
    if found := same.first():
        return found  # the same form was sent twice
    Judgement.objects.current().filter(student=student).update(replaced_at=timezone.now())
    judgement = Judgement.objects.create(student=student, is_sufficient=is_sufficient, words=words.strip(), by=by)
    says = "judged the progress with the learning goals as sufficient" if is_sufficient else (
        "judged the progress with the learning goals as not sufficient yet"
    )  # fmt: skip
    record(student, says, by=by)
    tell("judgement_made", student, student.user, "completion_own", by=by)
    return judgement


@transaction.atomic
def sign_off(student: Student, *, seen: int | None = None, by) -> SignOff:
    """Freeze the record with its figures. `seen`: the minutes that the person was shown.

    Raises PermissionDenied for anybody but the tutor and the placement office, Refused with all that is missing, and
    SomebodyWasQuicker where the record was signed off meanwhile or another figure stands there now.
    """
    if not student.relations(by) & STAFF:
        raise PermissionDenied
    Student.objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)
    rebuild([student.pk])
    today = timezone.localdate()
    completion = completion_of(with_completion().get(pk=student.pk), today)
    student = completion.student
    if student.signed_off_at:
        raise SomebodyWasQuicker(student)
    if reasons := completion.why_not():
        raise Refused(*reasons)
    receipt = receipt_for(student, today)
    if seen is not None and seen != receipt.counted:
        raise SomebodyWasQuicker(student)
    signoff = SignOff.objects.create(signed_off_by=by, **figures_of(completion, receipt))
    Student.objects.filter(pk=student.pk).update(signed_off_at=signoff.signed_off_at)
    Judgement.objects.current().filter(student=student).update(settled_at=signoff.signed_off_at)
    rebuild([student.pk])  # from now on nothing is awaited, and the figures stay
    says = signed_off_words(signoff)
    record(student, says, by=by)
    record(signoff, says, by=by)
    tell("signed_off", student, student.user, "completion_own", by=by)
    tell("signed_off_staff", student, student.tutor, "signoff_detail", signoff.pk, by=by)
    return signoff


def signed_off_words(signoff: SignOff) -> str:
    how = " with special consideration" if signoff.kind == Kind.SPECIAL else ""
    return f"signed the placement off as completed{how}: {hours(signoff.minutes)} under {signoff.rule_set} rules"


def figures_of(completion: Completion, receipt: Receipt) -> dict:
    """Everything that a sign-off keeps, from the figures as they are now."""
    student, judged = completion.student, completion.student.judgement
    days = [line.spent.day for line in receipt.approved.lines if line.counts]
    return {
        "student": student,
        "kind": Kind.SPECIAL if completion.is_special else Kind.COMPLETED,
        "consideration": student.consideration if completion.is_special else None,
        "minutes": receipt.counted,
        "required_minutes": receipt.required,
        "first_on": min(days, default=None),
        "last_on": max(days, default=None),
        "employers": [part.name for part in receipt.by_employer if part.counts],
        "tlevel_title": student.tlevel.title,
        "specialism": student.specialism.title if student.specialism else "",
        "receipt": receipt_kept(receipt),
        "rule_set": receipt.rules.name,
        "rules_said": f"{receipt.rules_sentence()} Source: {receipt.rules.source}.",
        "goals": [goal_kept(goal) for goal in completion.goals],
        "judgement": judged.words,
        "judged_by_name": judged.by.name,
        "judged_at": judged.at,
    }


def receipt_kept(receipt: Receipt) -> dict:
    """The shares of the hours as plain values, minutes throughout."""
    return {
        "by_employer": [
            {"name": part.name, "recorded": part.recorded, "counts": part.counts, "period": part.period}
            for part in receipt.by_employer
            if part.recorded
        ],
        "by_approach": [
            {"name": part.name, "recorded": part.recorded, "counts": part.counts, "cap": part.cap.cap}
            for part in receipt.used_approaches
            if part.recorded
        ],
        "not_counted": [{"why": why, "minutes": minutes} for why, minutes in receipt.approved.reasons().items()],
        "waiting": receipt.waiting,
        "coverage": receipt.coverage(),
    }


def goal_kept(goal) -> dict:
    return {
        "employer": goal.employer,
        "wording": goal.wording,
        "progress": goal.progress,
        "says": goal.says,
        "words": goal.words,
        "said_on": f"{timezone.localtime(goal.said_at):%Y-%m-%d}" if goal.said_at else "",
    }
