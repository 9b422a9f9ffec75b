"""A provider's own points: added, changed (which retires the old wording), retired, brought back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from placements.checklists.models import Checklist, Point
from portal.history.models import changes, record
from portal.people.models import Provider, User
from portal.workflow import Refused, SomebodyWasQuicker

FIELDS = ["wording", "hint", "tlevel_id", "employer_id"]


@transaction.atomic
def add_point(point: Point, *, provider: Provider, by: User) -> Point:
    """Keep a new point at the end of the provider's own induction points."""
    Provider.objects.select_for_update().get(pk=provider.pk)  # two at once must not get the same number
    rows = Point.objects.filter(list=Checklist.INDUCTION, provider=provider)
    point.list, point.provider = Checklist.INDUCTION, provider
    point.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    point.save(force_insert=True)
    record(point, "added it", by=by)
    return point


@transaction.atomic
def change_point(before: Point, after: Point, *, by: User) -> Point:
    """Put the changed point in the place of the one before it. Unchanged, it stays. Raises SomebodyWasQuicker."""
    if all(getattr(before, name) == getattr(after, name) for name in FIELDS):
        return before
    retire(before)
    values = {name: getattr(after, name) for name in FIELDS}
    fresh = Point.objects.create(list=before.list, provider_id=before.provider_id, number=before.number, **values)
    record(fresh, "changed " + "; ".join(changes(before, fresh)), by=by)
    return fresh


@transaction.atomic
def retire_point(point: Point, *, by: User):
    """Ask the point of nobody any more; answers to it stay. Raises SomebodyWasQuicker."""
    retire(point)
    record(point, "took it off the list", by=by)


def retire(point: Point):
    if not Point.objects.current().filter(pk=point.pk).update(retired_at=timezone.now()):
        raise SomebodyWasQuicker(point)


@transaction.atomic
def restore_point(point: Point, *, by: User):
    """Put a retired point back on the list. Raises Refused where it is there already, perhaps in a newer wording."""
    Provider.objects.select_for_update().get(pk=point.provider_id)
    same = Point.objects.current().filter(list=point.list, provider=point.provider_id, number=point.number)
    if same.exists():
        raise Refused("This point is on the list already.")
    Point.objects.filter(pk=point.pk).update(retired_at=None)
    record(point, "put it back on the list", by=by)


def wordings_of(point: Point):
    """All wordings that the point has had, newest first."""
    rows = Point.objects.filter(list=point.list, provider=point.provider_id, number=point.number)
    return rows.order_by("-pk")
