"""What follows: asks come and go, people and their calendars hear of it, the next meeting is planned."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from placements.models import Placement
from portal.asks.asking import answered_otherwise, withdraw, withdraw_all
from portal.asks.models import Ask
from portal.workflow import moved
from reviews.meetings.asking import DATES, NOTES, ask_manager
from reviews.meetings.confirming import confirm
from reviews.meetings.models import Meeting
from reviews.meetings.planning import move_with, plan_for, plan_next, without_any
from reviews.meetings.telling import tell, tell_all
from students.departure.acts import leaving


@receiver(moved, sender=Placement)
def after_a_start(sender, thing, verb, **kwargs):
    if verb == "start" and without_any().filter(pk=thing.pk).exists():
        plan_for(thing)


@receiver(post_save, sender=Placement)
def after_a_placement(sender, instance, raw=False, created=False, **kwargs):
    if raw or created:
        return
    move_with(instance)
    waiting = Meeting.objects.filter(placement=instance, status__in=[Meeting.Status.OFFERED, Meeting.Status.HELD])
    for meeting in waiting:
        meeting.placement = instance
        for found in Ask.objects.about(meeting).open().exclude(to=instance.manager_id):
            withdraw(found, meeting, by=None)
        ask_manager(meeting, by=None)


@receiver(moved, sender=Meeting)
def after_a_meeting(sender, thing, verb, by, **kwargs):
    if verb == "offer":
        withdraw_all(DATES, thing)
        ask_manager(thing, by=by)
        if thing.reason:
            tell_all(thing, "off", by=by)
    elif verb in ("choose", "none_fits"):
        answered_otherwise(DATES, thing, by=by)
    elif verb in ("fix", "take_place", "cancel"):
        withdraw_all(DATES, thing)
    elif verb == "reopen":
        withdraw_all(NOTES, thing)
    if verb in ("choose", "fix"):
        tell_all(thing, "fixed" if thing.sequence == 1 else "moved", by=None if verb == "choose" else by)
    elif verb == "take_place" and thing.sequence:  # calendars hold another date
        tell_all(thing, "took_place", by=by)
    elif verb in ("cancel", "miss"):
        tell_all(thing, {"cancel": "cancelled", "miss": "missed"}[verb], by=by)
    elif verb == "none_fits" and thing.placement.tutor:
        tell(thing, thing.placement.tutor, "none_fits")
    elif verb == "finish":
        after_the_notes(thing, by)


def after_the_notes(meeting, by):
    """The tutor agrees by closing; the others are asked, and the next meeting gets its day."""
    if meeting.next_on:
        plan_next(meeting, by=by)
    if "tutor" in meeting.relations(by):
        confirm(meeting, "tutor", agrees=True, name=by.name, by=by)
    elif meeting.placement.tutor:
        tell(meeting, meeting.placement.tutor, "notes")
    tell(meeting, meeting.placement.student.user, "notes")
    ask_manager(meeting, by=by)


@receiver(leaving)
def before_a_student_leaves(sender, student, by, **kwargs):
    """No meeting is to come any more: whoever was invited hears, and calendars forget it."""
    planned = [Meeting.Status.PLANNED, Meeting.Status.OFFERED, Meeting.Status.AGREED]
    for meeting in Meeting.objects.filter(placement__student=student, status__in=planned).with_people():
        meeting.cancel(by=by, reason="The student has left the T Level")
