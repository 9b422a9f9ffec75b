"""What happened, who did it and when, as sentences on the page of the thing."""

from collections import defaultdict

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format


def label_of(thing: models.Model) -> str:
    """The name under which the history of `thing` is kept, e.g. 'timesheets.timesheet'."""
    return thing._meta.label_lower


class AboutQuerySet(models.QuerySet):
    """Rows about a record of any kind, which they name by `about` and `about_id`."""

    def about(self, *things):
        """Those about any of `things` (models of any kind), in their usual order: newest first."""
        keys = defaultdict(list)
        for thing in things:
            keys[label_of(thing)].append(thing.pk)
        wanted = models.Q(pk__in=[])
        for label, those in keys.items():
            wanted |= models.Q(about=label, about_id__in=those)
        return self.filter(wanted)


class Event(models.Model):
    """One thing that happened to one record: 'Tom Reid sent back the week. Reason: ...'. Never changed afterwards."""

    about = models.CharField(max_length=60, editable=False)
    about_id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    by_name = models.CharField(max_length=240, editable=False)
    says = models.TextField(editable=False)

    objects = AboutQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about", "about_id", "-at"], name="event_of_a_thing")]

    def __str__(self):
        return f"{self.by_name} {self.says}"


def event(thing: models.Model, says: str, *, by) -> Event:
    """An unsaved history row (for bulk work; elsewhere use `record`). `by` None means the portal itself."""
    by_name = by.signature if by else "The portal"
    return Event(about=label_of(thing), about_id=thing.pk, by=by, by_name=by_name, says=says)


def record(thing: models.Model, says: str, *, by) -> Event:
    """Write down that `by` did something to `thing`; `says` continues the name: 'handed in the week'."""
    row = event(thing, says, by=by)
    row.save(force_insert=True)
    return row


def as_words(instance: models.Model, field: models.Field) -> str:
    """The value of a field as people read it."""
    value = getattr(instance, field.name)
    if value in (None, ""):
        return "empty"
    if field.choices:
        return str(getattr(instance, f"get_{field.name}_display")())
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date_format(value, "j F Y")
    return str(value)


def in_lines(value):
    """Text with plain line ends, whichever a browser sent; anything else as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def changes(before: models.Model, after: models.Model) -> list[str]:
    """What differs between two states of one record, a sentence part per field: 'last day from ... to ...'."""
    found = []
    for field in after._meta.concrete_fields:
        if not field.editable or field.primary_key:
            continue
        if in_lines(getattr(before, field.attname)) != in_lines(getattr(after, field.attname)):
            found.append(f"{field.verbose_name} from {as_words(before, field)} to {as_words(after, field)}")
    return found


def save(thing: models.Model, *, by) -> list[str]:
    """Save `thing` and record what changed ('added it', or every changed field). Returns the changes; [] if none.

    An unchanged record is not written. Use inside a transaction.
    """
    if thing._state.adding:
        thing.save()
        record(thing, "added it", by=by)
        return ["added"]
    before = type(thing)._base_manager.get(pk=thing.pk)
    found = changes(before, thing)
    if found:
        thing.save()
        record(thing, "changed " + "; ".join(found), by=by)
    return found


class Look(models.Model):
    """One person opened one sensitive record. Written by the one kind of GET that writes; never changed afterwards."""

    about = models.CharField(max_length=60, editable=False)
    about_id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    by_name = models.CharField(max_length=240, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about", "about_id", "-at"], name="look_at_a_thing")]

    def __str__(self):
        return f"{self.by_name} on {self.at:%-d %B %Y}"


def looked(thing: models.Model, *, by) -> Look:
    """Write down that `by` opened `thing`."""
    return Look.objects.create(about=label_of(thing), about_id=thing.pk, by=by, by_name=by.signature)


def looked_at_each(model: type[models.Model], keys, *, by):
    """The same of each record of `model` with one of these primary keys: for pages that show some of many."""
    about, name = model._meta.label_lower, by.signature
    Look.objects.bulk_create(Look(about=about, about_id=key, by=by, by_name=name) for key in keys)


def looks_at(thing: models.Model):
    """Who looked at `thing`, newest first."""
    return Look.objects.filter(about=label_of(thing), about_id=thing.pk)
