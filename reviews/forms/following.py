"""What follows: links come and go with the status, and people hear of it."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from portal.asks.asking import withdraw_all
from portal.asks.models import Ask
from portal.notices import mail
from portal.workflow import moved
from reviews.forms.asking import KIND, ask_manager, ask_whoever_manages
from reviews.forms.models import ReviewForm


@receiver(post_save, sender=Placement)
def after_a_placement(sender, instance, raw=False, **kwargs):
    if not raw and not kwargs.get("created"):
        ask_whoever_manages(instance)


@receiver(moved, sender=ReviewForm)
def after_a_form(sender, thing, verb, by, **kwargs):
    asks = Ask.objects.about(thing).filter(kind=KIND)
    if verb == "hand_in":
        asks.open().update(answered_at=timezone.now())
    elif verb in ("take_back", "record_paper"):
        withdraw_all(KIND, thing)
    elif verb == "correct":
        last = asks.filter(to=by, withdrawn_at=None).first()
        Ask.objects.filter(pk=last.pk if last else None).update(answered_at=None)
    elif verb in ("ask_again", "reopen"):
        ask_manager(thing, by=by, reason=thing.asked_because)
    if verb in ("hand_in", "record_paper"):
        tell(thing, by)


def tell(form: ReviewForm, by):
    """Student and tutor hear that there is something to read."""
    context = {"form": form, "link": mail.absolute(reverse("review_form_detail", args=[form.pk]))}
    for person in (form.placement.student.user, form.placement.tutor):
        if person and person != by and person.is_active:
            mail.send("review_form_in", to=person, context=context, about=form)
