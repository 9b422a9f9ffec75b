"""What follows the moves of a week: the manager is told of the first one, links end when all is decided."""

from datetime import timedelta

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from placements.approvals.models import DecisionLink, weeks_waiting_for
from placements.approvals.telling import mail_at_once
from placements.timesheets.models import UNDO_MINUTES, Timesheet
from portal.workflow import moved


@receiver(moved, sender=Timesheet)
def manager_hears(sender, thing, verb, **kwargs):
    """The first week that waits is mailed at once, when it is safely stored; a mail may fail, the week is kept."""
    manager = thing.placement.manager
    if verb != "hand_in" or manager is None:
        return
    if not weeks_waiting_for(manager).exclude(pk=thing.pk).exists():

        def mail():
            mail_at_once(manager.pk, thing.pk)

        transaction.on_commit(mail, robust=True)  # no partial: Django logs what fails by its name


@receiver(moved, sender=Timesheet)
def links_end(sender, thing, verb, by, **kwargs):
    """The manager's links end with the last decision, and live on when it is taken back."""
    if verb in ("approve", "send_back") and not weeks_waiting_for(by).exists():
        DecisionLink.objects.filter(manager=by, ended_at=None).update(ended_at=timezone.now())
    elif verb == "undo":
        since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
        DecisionLink.objects.filter(manager=by, ended_at__gt=since).update(ended_at=None)
