"""Students on their way to the sign-off, for tests."""

from datetime import date, time, timedelta

import time_machine
from django.utils import timezone

from placements.hours.totals import rebuild
from placements.models import Placement
from placements.timesheets.models import Spell, Timesheet
from portal.uploads import Accepted
from reviews.forms.models import Occasion, ReviewForm
from reviews.signoff import considering, questions, signing
from reviews.signoff.completion import with_completion
from reviews.signoff.models import Reason
from students.models import Student
from tests import poured
from tests.conftest import make_cast

WORDS = "She explains what the team does and works on her own."


def again(student) -> Student:
    """The student with all that completion reads."""
    return with_completion().get(pk=student.pk)


def approved_weeks(placement, weeks: int = 9, **details):
    """So many approved weeks of 35 hours, from the placement's first Monday on."""
    now = timezone.now()
    decided = {"handed_in_at": now, "handed_in_by": placement.student.user, "decided_at": now}
    sheets = Timesheet.objects.bulk_create(
        Timesheet(
            placement=placement,
            monday=placement.first_on + timedelta(weeks=number),
            status=Timesheet.Status.APPROVED,
            minutes=5 * 420,
            decided_by=placement.manager,
            **decided,
        )
        for number in range(weeks)
    )
    Spell.objects.bulk_create(
        Spell(
            timesheet=sheet, day=sheet.monday + timedelta(days=day), starts=time(9), finishes=time(17),
            break_minutes=60, minutes=420, **details,
        )
        for sheet in sheets
        for day in range(5)
    )  # fmt: skip
    rebuild([placement.student_id])


def final_review(placement):
    """The employer's final review form, handed in."""
    return ReviewForm.objects.create(
        placement=placement,
        occasion=Occasion.FINAL,
        status=ReviewForm.Status.HANDED_IN,
        handed_in_at=timezone.now(),
        handed_in_name=placement.manager.name,
    )


def ended(placement, last_on=date(2026, 5, 8)):
    Placement.objects.filter(pk=placement.pk).update(status=Placement.Status.ENDED, last_on=last_on)
    placement.refresh_from_db()


def complete(cast) -> Student:
    """Everything is there: 315 hours, the final review, the tutor's judgement; the placement is over."""
    approved_weeks(cast.placement)
    final_review(cast.placement)
    ended(cast.placement)
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    return again(cast.student_record)


def signed_off(cast):
    return signing.sign_off(complete(cast), by=cast.tutor)


@poured.scene
@time_machine.travel("2026-08-12 12:00", tick=False)
def completed():
    """The cast, poured, with `complete_student`: everything is there (see `complete`), in August."""
    cast = make_cast()
    cast.complete_student = complete(cast)
    return cast


@poured.scene
@time_machine.travel("2026-08-12 12:00", tick=False)
def frozen():
    """The same, signed off by the tutor: `signoff`."""
    cast = make_cast()
    cast.signoff = signed_off(cast)
    return cast


def proposed(cast, weeks: int = 5, files=()):
    """Special consideration proposed by the tutor, with 175 hours."""
    approved_weeks(cast.placement, weeks)
    reasons = list(Reason.objects.filter(code__in=["ML", "B"]))
    return considering.propose(
        cast.student_record, reasons=reasons, words="Long illness in spring.", files=files, by=cast.tutor
    )


@poured.scene
@time_machine.travel("2026-08-12 12:00", tick=False)
def considered():
    """The cast, poured, with a `consideration` that waits for a second person (see `proposed`), in August."""
    cast = make_cast()
    cast.consideration = proposed(cast)
    return cast


def asked(cast, figure="hours", words="Why does my first week not count?"):
    return questions.ask(again(cast.student_record), figure=figure, words=words, by=cast.student)


def answered(cast, **more):
    question = asked(cast, **more)
    question.give_answer(by=cast.tutor, answer="It was not handed in.", outcome="stands")
    return question


def disputed(cast):
    question = answered(cast)
    question.object_to(by=cast.student, words="I did hand it in.")
    return question


@poured.scene
@time_machine.travel("2026-08-12 12:00", tick=False)
def questioned():
    """The cast, poured, with a `question` about the hours that waits for the tutor, in August."""
    cast = make_cast()
    cast.question = asked(cast)
    return cast


def proposed_with_evidence(cast):
    return proposed(cast, files=[Accepted("letter.pdf", "application/pdf", b"%PDF-1.4 a letter")])
