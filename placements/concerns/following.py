"""What follows the moves of a worry and of a released text: a mail to whoever is concerned, that says nothing of it."""

from django.dispatch import receiver

from placements.concerns import telling
from placements.concerns.models import Concern, Release
from portal.asks.asking import answered_otherwise, ask, withdraw_all
from portal.workflow import moved

RELEASE = "concern_release"


@receiver(moved, sender=Concern)
def the_other_side_hears(sender, thing, verb, by, **kwargs):
    if by.pk == thing.student.user_id:
        telling.news(thing, by=by)
    elif verb != "follow_up" or thing.spoke:
        telling.answered(thing)


@receiver(moved, sender=Release)
def release_follows(sender, thing, verb, by, **kwargs):
    """Agreed: the manager is mailed a link. Taken back: the link is dead. Otherwise the other side hears."""
    concern = thing.concern
    if verb == "agree":
        ask(RELEASE, thing, provider=concern.provider, by=by, to=thing.to)
    if verb == "take_back":
        withdraw_all(RELEASE, thing)
    if verb == "read":
        answered_otherwise(RELEASE, thing, by=by)
    proposal_heard(concern, by=by)


def proposal_heard(concern: Concern, *, by):
    """Mail the sides of a text for the manager, but for whoever acted (None: the portal itself)."""
    if by is None or by.pk != concern.student.user_id:
        telling.answered(concern)
    if by != concern.owner:
        telling.news(concern, by=by)
