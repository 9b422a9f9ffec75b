"""Writing an entry: all of it in one transaction, and every wording that others could read is kept."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from placements.logbook.models import FILES_AT_MOST, Entry, EntryFile, EntryGoal, Reflection, Wording
from portal.asks.asking import withdraw_all
from portal.asks.models import Ask
from portal.files.models import StoredFile, store
from portal.history.models import Event, record


def begin(placement, *, key, day: date) -> Entry | None:
    """An empty draft; None if there is one with this `key`: the form was sent twice."""
    try:
        with transaction.atomic():
            return Entry.objects.create(placement=placement, key=key, day=day)
    except IntegrityError:
        return None


@transaction.atomic
def write(entry: Entry, data: dict, *, by, seen: int):
    """Store what a form holds (its cleaned data; what is missing there stays as it is) as the student `by`.

    Raises SomebodyWasQuicker if the entry has moved on since version `seen`. A removed entry cannot be written.
    """
    entry.take_turn(seen=seen)
    before = entry.says()
    for name, words in entry.words().items():
        setattr(entry, name, data.get(name, words))
    if "day" in data:
        entry.day, entry.spell_starts = data["day"], data.get("spell_starts")
    entry.changed_at = timezone.now()
    entry.save(update_fields=[*entry.words(), "day", "spell_starts", "changed_at"])
    if "goals" in data:
        set_goals(entry, data["goals"])
    if "behaviours" in data:
        entry.behaviours.set(data["behaviours"])
    if "reflection" in data:
        keep_reflection(entry, data["reflection"])
    if entry.is_published and before != entry.says():
        keep_wording(entry)
        record(entry, "changed the entry", by=by)


def set_goals(entry: Entry, goals):
    """Make the entry serve these goals, each in the wording that is given."""
    wanted = {goal.pk: goal for goal in goals}
    entry.goals.exclude(goal__in=wanted).delete()
    there = set(entry.goals.values_list("goal", flat=True))
    EntryGoal.objects.bulk_create(
        EntryGoal(entry=entry, goal=goal, wording=goal.wording) for pk, goal in wanted.items() if pk not in there
    )


def keep_reflection(entry: Entry, words: str):
    """Write, change or delete what only the student reads. Leaves no trace in any history."""
    if words.strip():
        Reflection.objects.update_or_create(entry=entry, defaults={"words": words})
    else:
        Reflection.objects.filter(entry=entry).delete()


def keep_wording(entry: Entry):
    """Keep what the entry says now as a wording that others could read, unless it is the last one kept."""
    last = entry.wordings.first()
    if last is None or last.says() != entry.says():
        Wording.objects.create(entry=entry, day=entry.day, **entry.words())


@transaction.atomic
def publish(entry: Entry, *, by, seen: int | None = None):
    """Share an entry and keep its wording. Raises Refused, SomebodyWasQuicker."""
    entry.publish(by=by, seen=seen)
    keep_wording(entry)


@transaction.atomic
def take_back(entry: Entry, *, by, seen: int | None = None):
    """Make it a draft again; what the manager was asked about it is taken back."""
    entry.take_back(by=by, seen=seen)
    withdraw_all("logbook", entry, by=by)


@transaction.atomic
def remove(entry: Entry, *, by, seen: int | None = None):
    """Take an entry out of the logbook."""
    entry.remove(by=by, seen=seen)
    withdraw_all("logbook", entry, by=by)


# --- Files ---


@transaction.atomic
def attach(entry: Entry, accepted: list, *, by) -> list[str]:
    """Keep files with the entry while there is room; returns the names of those for which there is none.

    A file that is there already (same name and size: the form was sent twice) is not kept twice.
    """
    Entry.objects.select_for_update().get(pk=entry.pk)
    there = {(row.file.name, row.file.size) for row in entry.files.select_related("file")}
    left = []
    for file in accepted:
        if (file.name, len(file.content)) in there:
            continue
        if len(there) >= FILES_AT_MOST:
            left.append(file.name)
            continue
        EntryFile.objects.create(entry=entry, file=store(file, provider=entry.placement.provider, by=by))
        there.add((file.name, len(file.content)))
    return left


@transaction.atomic
def detach(row: EntryFile, *, by):
    """Delete a file from its entry, for good."""
    if row.entry.is_published:
        record(row.entry, f"took away the file {row.file.name}", by=by)
    file = row.file
    row.delete()
    file.delete()


@transaction.atomic
def delete_for_good(entry: Entry):
    """Delete a removed entry with all that belongs to it: words, files, comments, history."""
    files = list(entry.files.values_list("file_id", flat=True))
    Event.objects.about(entry).delete()
    Ask.objects.about(entry).delete()
    entry.delete()
    StoredFile.objects.filter(pk__in=files).delete()
