"""What follows: the day on which an induction is overdue, who is asked to confirm it, and what the student hears."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse

from placements.induction.due import refresh
from placements.induction.models import Induction
from placements.models import Placement
from placements.pattern import pattern_changed
from placements.timesheets.models import Absence, Timesheet
from portal.asks.asking import ask, withdraw, withdraw_all
from portal.asks.models import Ask
from portal.notices import mail
from portal.workflow import moved

NEWS = {
    "confirm": "Your induction is confirmed",
    "send_back": "Your induction has come back",
    "undo": "Your induction is looked at again",
}


@receiver([post_save, pattern_changed], sender=Placement)
def after_a_placement(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.pk)
        ask_whoever_manages(instance)


@receiver([post_save, post_delete], sender=Absence)
def after_an_absence(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.placement_id)


@receiver(moved, sender=Timesheet)
def after_a_week(sender, thing, verb, **kwargs):
    if verb == "hand_in":
        refresh(thing.placement_id)


def ask_whoever_manages(placement):
    """An induction that waits follows the placement to another line manager."""
    waiting = Induction.objects.filter(placement=placement, status=Induction.Status.HANDED_OVER).first()
    if waiting is None:
        return
    waiting.placement = placement
    for found in Ask.objects.about(waiting).open().filter(kind="induction").exclude(to=placement.manager_id):
        withdraw(found, waiting, by=None)
    if not Ask.objects.about(waiting).open().filter(kind="induction").exists():
        ask_manager(waiting, by=None)


def ask_manager(induction, *, by):
    """Mail the line manager the link by which the induction is confirmed."""
    placement = induction.placement
    if placement.manager_id is not None and placement.manager.is_active:
        ask("induction", induction, provider=placement.provider, by=by, to=placement.manager)


@receiver(moved, sender=Induction)
def after_an_induction(sender, thing, verb, by, **kwargs):
    """Asks come and go with the status; the student hears what the manager decided."""
    if verb == "hand_over":
        ask_manager(thing, by=by)
    elif verb in ("recall", "confirm_from_paper"):
        withdraw_all("induction", thing)
    elif verb in ("confirm", "send_back"):
        for found in Ask.objects.about(thing).open().filter(kind="induction"):
            found.answered_at = thing.decided_at
            found.save(update_fields=["answered_at"])
    elif verb == "undo":
        last = Ask.objects.about(thing).filter(kind="induction", to=by, withdrawn_at=None).first()
        if last:
            Ask.objects.filter(pk=last.pk).update(answered_at=None)
    if verb in NEWS:
        link = mail.absolute(reverse("induction_detail", args=[thing.placement_id]))
        context = {"induction": thing, "by": by, "link": link, "news": NEWS[verb], "verb": verb}
        mail.send("induction_news", to=thing.placement.student.user, context=context, about=thing)
