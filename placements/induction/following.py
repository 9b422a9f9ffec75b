"""What follows: the day on which an induction is overdue, who is asked to confirm it, and what the student hears."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse

from placements.induction.due import LOOKED_THROUGH_DAYS, refresh_one
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
    if raw:
        return
    induction = refresh_one(instance)
    if induction and induction.is_with_manager:
        ask_whoever_manages(induction)


@receiver([post_save, post_delete], sender=Absence)
def after_an_absence(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_if_it_matters(instance.placement, instance.day)


@receiver(moved, sender=Timesheet)
def after_a_week(sender, thing, verb, **kwargs):
    if verb == "hand_in":
        refresh_if_it_matters(thing.placement, thing.monday)


def refresh_if_it_matters(placement, day):
    """What happens on `day` moves the third day only if that is not past by then, or not known."""
    if day > placement.first_on + timedelta(days=LOOKED_THROUGH_DAYS):
        return
    waiting = Induction.objects.filter(placement=placement).exclude(status=Induction.Status.CONFIRMED)
    if waiting.filter(Q(third_day_on=None) | Q(third_day_on__gte=day)).exists():
        refresh_one(placement)


def ask_whoever_manages(induction):
    """An induction that waits follows the placement to another line manager."""
    manager, asks = induction.placement.manager_id, list(Ask.objects.about(induction).filter(kind="induction"))
    others = [found for found in asks if found.is_open and found.to_id != manager]
    for found in others:
        withdraw(found, induction, by=None)
    if others or manager not in {found.to_id for found in asks}:
        ask_manager(induction, by=None)


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
