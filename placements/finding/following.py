"""What follows a move of an application, in the same transaction: mails, and a link that is closed when all is said."""

from django.db.models import F
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from employers.opportunities.models import Opportunity
from placements.finding import telling
from placements.finding.models import Application, Find
from placements.models import Placement
from portal.notices import mail
from portal.workflow import moved
from students.departure.acts import leaving


@receiver(moved, sender=Application)
def after_a_move(sender, thing, verb, by, **kwargs):
    opportunity = thing.opportunity
    if verb == "put_forward":
        telling.tell_put_forward(thing)
        return
    if verb in ("applied", "agree"):
        telling.ask_for_decisions(opportunity, by=None)  # staff of others read this history: no names of students
    if verb in telling.STUDENT_NEWS:
        telling.tell_student(thing, verb)
    tell_the_employer(thing, verb)
    tell_the_provider(thing, verb)
    telling.settle(opportunity, by=by)


def tell_the_employer(application: Application, verb: str):
    is_missed = application.interview_at is not None and application.interview_at > application.moved_at
    if verb in telling.MANAGER_NEWS and (verb != "withdraw" or is_missed):
        telling.tell_manager(application, verb)


def tell_the_provider(application: Application, verb: str):
    """Who put the student forward hears the answer; the tutor hears that there is a place."""
    if verb == "agree" or (verb == "withdraw" and application.applied_at is None):
        telling.tell_staff(application, verb, application.put_forward_by)
    if verb == "accept" and application.student.tutor:
        telling.tell_staff(application, verb, application.student.tutor)


@receiver(moved, sender=Find)
def after_a_find(sender, thing, verb, by, **kwargs):
    if verb in ("accept", "turn_down"):
        context = {"find": thing, "address": mail.absolute(thing.get_absolute_url())}
        mail.send("find_answered", to=thing.student.user, about=thing, context=context)


@receiver(pre_delete, sender=Placement)
def before_a_placement_goes(sender, instance, **kwargs):
    """A planned placement that is removed gives its place back."""
    rows = Application.objects.with_people().filter(placement=instance, status=Application.Status.ACCEPTED)
    for application in rows:
        application.placement = None
        application.fall_through(by=None)
        Opportunity.objects.filter(pk=application.opportunity_id, taken__gt=0).update(taken=F("taken") - 1)


@receiver(leaving)
def before_a_student_leaves(sender, student, by, **kwargs):
    """What is open is withdrawn: places that are held are free for others, and the office checks nothing in vain."""
    for application in student.applications.filter(status__in=Application.OPEN).with_people():
        if application.status == Application.Status.PUT_FORWARD:
            application.take_back(by=by)
        else:
            application.withdraw(by=None)
    for find in Find.objects.filter(student=student, status=Find.Status.ASKED).with_people():
        find.withdraw(by=None)
