"""Keeping opportunities: each act in one transaction, with its history."""

from django.db import models, transaction

from employers.opportunities.models import Opportunity, OpportunityDay
from portal.history import models as history
from portal.workflow import Refused, SomebodyWasQuicker

COPIED = ("employer", "site", "manager", "specialism", "role", "description", "first_on", "last_on", "places")


@transaction.atomic
def keep(opportunity: Opportunity, *, tlevels, days: list[OpportunityDay], by) -> Opportunity:
    """Store a new or changed opportunity with its T Levels and days.

    Raises SomebodyWasQuicker where it changed after it was read, and Refused where fewer places are left than were
    accepted or offered meanwhile.
    """
    is_new = opportunity.pk is None
    if not is_new:
        take_turn(opportunity)
    before = None if is_new else settled(opportunity)
    history.save(opportunity, by=by)
    opportunity.tlevels.set(tlevels)
    opportunity.days.all().delete()
    for day in days:
        day.opportunity = opportunity
    OpportunityDay.objects.bulk_create(days)
    if not is_new and settled(opportunity) != before:
        history.record(opportunity, "changed T Levels or days and times", by=by)
    return opportunity


def take_turn(opportunity: Opportunity):
    """Take the right to write, once. What the counter of taken places has become meanwhile is read afresh."""
    rows = Opportunity.objects.filter(pk=opportunity.pk, version=opportunity.version)
    if not rows.update(version=models.F("version") + 1):
        raise SomebodyWasQuicker(opportunity)
    fresh = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    opportunity.version, opportunity.taken = fresh.version, fresh.taken
    if opportunity.places < opportunity.taken:
        raise Refused(f"{opportunity.taken} places are taken already.")


def settled(opportunity: Opportunity) -> tuple:
    """T Levels, days and times as stored."""
    days = opportunity.days.order_by("weekday").values_list("weekday", "starts", "finishes", "break_minutes")
    return set(opportunity.tlevels.values_list("pk", flat=True)), list(days)


def copy_of(opportunity: Opportunity) -> Opportunity:
    """An unsaved one like it: nothing taken, and the last day to apply still to be chosen."""
    return Opportunity(**{name: getattr(opportunity, name) for name in COPIED})


@transaction.atomic
def remove(opportunity: Opportunity, *, by):
    """Take an opportunity away to which nobody ever applied. Raises Refused otherwise."""
    said, employer = opportunity.role, opportunity.employer
    try:
        with transaction.atomic():
            opportunity.delete()
    except models.ProtectedError as error:
        raise Refused("Somebody has applied, so it is kept. It can be closed.") from error
    history.record(employer, f"removed the opportunity {said}", by=by)
