"""Writing what is prepared before the first day, and asking the line manager about it."""

from django.db import transaction

from placements.arrangements.forms import FirstDayForm, PreparationForm
from placements.arrangements.models import FirstDay, Preparation
from placements.checklists.forms import ChecklistForm, save_answers
from placements.checklists.lines import untick
from placements.checklists.models import Point
from placements.models import Placement
from portal.asks.asking import answered_otherwise, ask
from portal.history import models as history
from portal.people.models import User
from portal.workflow import Refused


def keep_preparation(placement: Placement, ticks: ChecklistForm, notes: PreparationForm, *, by: User) -> list[Point]:
    """Keep ticks, and of the notes what was changed and is right.

    Returns the points that are ticked no more, because all that was written to them was taken out.
    """
    with transaction.atomic():
        save_answers(placement, ticks, by=by)
    notes.is_valid()
    if not notes.changes:
        return []
    emptied = ticked_without_words(ticks, notes)
    with transaction.atomic():
        Preparation.objects.update_or_create(placement=placement, defaults=notes.changes)
        for point in emptied:
            untick(placement, point)
    return emptied


def ticked_without_words(ticks: ChecklistForm, notes: PreparationForm) -> list[Point]:
    """Points that were ticked before and still are, though all that was written to them has been taken out."""
    emptied = notes.emptied()
    shipped = [line.point for line in ticks.lines if line.tick and line.point.provider_id is None]
    return [point for point in shipped if point.number in emptied and ticks.cleaned_data[f"state-{point.pk}"]]


@transaction.atomic
def keep_first_day(form: FirstDayForm, *, by: User):
    """Write what is known of the first day, with history; who was asked for it has answered."""
    if not any(form.stored.values()) and not form.instance.is_empty:
        form.instance.save()
        history.record(form.instance, "filled it in", by=by)
    else:
        history.save(form.instance, by=by)
    answered_otherwise("first_day", form.instance, by=by)


@transaction.atomic
def ask_about_first_day(placement: Placement, *, by: User):
    """Mail the line manager a link to fill the first-day card in. Raises Refused where nobody can be asked."""
    return ask("first_day", stored_first_day(placement), provider=placement.provider, by=by, to=manager_of(placement))


def send_briefing(placement: Placement, *, by: User | None):
    """Mail the line manager the link to the briefing card. Raises Refused where nobody can be asked."""
    return ask("briefing", placement, provider=placement.provider, by=by, to=manager_of(placement))


def manager_of(placement: Placement) -> User:
    if placement.manager is None:
        raise Refused("No line manager is named yet. Choose one first.")
    if not placement.manager.is_active:
        raise Refused(f"{placement.manager} may not use the portal any more. Choose another line manager.")
    return placement.manager


def preparation_of(placement: Placement) -> Preparation:
    """The student's notes, perhaps none that are stored yet."""
    return Preparation.objects.filter(placement=placement).first() or Preparation(placement=placement)


def first_day_of(placement: Placement) -> FirstDay:
    """What is known of the first day, perhaps nothing that is stored yet."""
    return FirstDay.objects.filter(placement=placement).first() or FirstDay(placement=placement)


def stored_first_day(placement: Placement) -> FirstDay:
    """The same to be written to: stored, be it empty, so that of two who fill it in at once nobody overwrites."""
    return FirstDay.objects.get_or_create(placement=placement)[0]


def first_day_form(placement: Placement, data=None) -> FirstDayForm:
    """The card to fill in; `data` is what was sent, None for a page that is only looked at."""
    known = first_day_of(placement) if data is None else stored_first_day(placement)
    return FirstDayForm(data, instance=known, last=last_first_day(placement) if known.is_empty else None)


def last_first_day(placement: Placement) -> FirstDay | None:
    """The newest card that was filled in for the same site, by this provider: what is asked there seldom changes."""
    same = {name: getattr(placement, name) for name in ("provider_id", "employer_id", "site_id")}
    filled = FirstDay.objects.filled().filter(**{f"placement__{name}": value for name, value in same.items()})
    return filled.exclude(placement=placement).order_by("-placement__first_on", "-pk").first()
