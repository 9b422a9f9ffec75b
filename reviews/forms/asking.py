"""Asking the line manager for a form, and asking whoever manages the placement now."""

from django.db import transaction

from placements.models import Placement
from portal.asks.asking import ask, withdraw
from portal.asks.models import Ask
from portal.history.models import record
from portal.workflow import Refused
from reviews.forms.models import ReviewForm
from students.frozen import refuse_if_frozen

KIND = "review_form"


@transaction.atomic
def ask_for(placement: Placement, occasion: str, *, by) -> ReviewForm:
    """Ask for a form; one that was taken back is asked for again, with what it says already.

    Raises Refused before the first day, without a line manager, or where it is asked or handed in already.
    """
    refuse_if_frozen(placement.student_id)
    if placement.status == Placement.Status.PLANNED:
        raise Refused("The placement has not started yet.")
    if placement.manager is None:
        raise Refused("No line manager is named who could answer. Choose one first.")
    form, is_new = ReviewForm.objects.select_for_update().get_or_create(placement=placement, occasion=occasion)
    form.placement = placement
    if is_new:
        record(form, f"asked for the {form.title.lower()}", by=by)
        ask_manager(form, by=by)
    elif form.status == ReviewForm.Status.TAKEN_BACK:
        form.ask_again(by=by)
    elif form.is_open and not Ask.objects.about(form).open().filter(kind=KIND, to=placement.manager).exists():
        ask_manager(form, by=by)  # its link was taken back
    else:
        raise Refused("This form is asked for already." if form.is_open else "This form is handed in already.")
    return form


def ask_manager(form: ReviewForm, *, by, reason: str = ""):
    """Mail the line manager the link."""
    placement = form.placement
    if placement.manager_id is not None and placement.manager.is_active:
        ask(KIND, form, provider=placement.provider, by=by, to=placement.manager, reason=reason)


def ask_whoever_manages(placement: Placement):
    """Open forms follow the placement to another line manager, with all that is answered."""
    for form in ReviewForm.objects.filter(placement=placement, status=ReviewForm.Status.ASKED):
        form.placement = placement
        mine = Ask.objects.about(form).open().filter(kind=KIND)
        for found in mine.exclude(to=placement.manager_id):
            withdraw(found, form, by=None)
        if not mine.filter(to=placement.manager_id).exists():
            ask_manager(form, by=None)
