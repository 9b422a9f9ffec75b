"""Reminding a student by mail of weeks that are not handed in: one press of the tutor, at most once a day."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from placements.hours.courses import facts_for
from placements.hours.totals import missing_mondays as missing_mondays_of
from placements.timesheets.models import Timesheet
from portal.history import models as history
from portal.history.models import label_of
from portal.notices import mail
from portal.notices.models import Notice
from portal.workflow import Refused
from students.frozen import refuse_if_frozen
from students.models import Student

MAIL = "weeks_missing"


@transaction.atomic
def remind(student: Student, *, by):
    """Mail `student` which weeks are not handed in, or not again. Raises Refused without one, or after a mail today."""
    Student.objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)  # two at once: one mail
    refuse_if_frozen(student.pk)
    if not student.user.is_active:
        raise Refused(f"{student.name} may not use the portal any more, so no mail is sent.")
    last = reminders_of(student.pk).first()
    if last and timezone.localdate(last) == timezone.localdate():
        at = f"{timezone.localtime(last):%H:%M}"
        raise Refused(f"{student.name} was reminded today at {at} already. One reminder a day is enough.")
    mondays, came_back = missing_mondays(student), list(weeks_that_came_back(student))
    if not mondays and not came_back:
        raise Refused(f"No week of {student.name} is missing any more, so no mail is sent.")
    context = {"mondays": mondays, "came_back": came_back, "by": by, "link": mail.absolute(reverse("week_list"))}
    mail.send(MAIL, to=student.user, context=context, about=student)
    number = len(mondays) + len(came_back)
    weeks = "a week that is" if number == 1 else f"{number} weeks that are"
    history.record(student, f"reminded the student by mail of {weeks} not handed in", by=by)


def missing_mondays(student: Student) -> list:
    """The Mondays of weeks with agreed work that are over and not handed in, with all employers, oldest first."""
    written = Timesheet.objects.filter(placement__student=student).exclude(status=Timesheet.Status.DRAFT)
    told = set(written.order_by().values_list("placement", "monday"))
    today, found = timezone.localdate(), set()
    for course in facts_for([student.pk])[student.pk]:
        there = {monday for placement, monday in told if placement == course.placement_id}
        found.update(missing_mondays_of(course, there, course.absent, today))
    return sorted(found)


def weeks_that_came_back(student: Student) -> QuerySet:
    """Weeks that were sent back to the student and are not handed in again, oldest first."""
    return Timesheet.objects.filter(placement__student=student, status=Timesheet.Status.SENT_BACK).order_by("monday")


def reminders_of(student_id) -> QuerySet:
    """When reminders went to a student, the last one first. `student_id` may be an OuterRef."""
    sent = Notice.objects.filter(kind=MAIL, about=label_of(Student), about_id=student_id)
    return sent.order_by("-created_at").values_list("created_at", flat=True)
