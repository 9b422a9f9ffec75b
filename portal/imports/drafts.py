"""Records as they will be when a file is applied: staged row by row, compared, and written in bulk.

The same drafts make the preview and the import, so that what was shown is what is written.
"""

import copy
from collections import defaultdict

from django.db import models

from portal.batches import batches
from portal.history.models import Event, as_words, changes, event
from portal.imports.rows import Row
from portal.workflow import Workflow


class Draft:
    """One record: an existing one with what the file changes, or a new one."""

    def __init__(self, thing: models.Model):
        self.thing = thing
        self.is_new = thing._state.adding
        self.before = None  # as it is stored, once something is changed
        self.said = {}  # field: the row that gave its value
        self.noun = thing._meta.verbose_name
        self.about = thing  # on whose page the history stands
        self.added = "added it"  # how the history of a new one begins; '' for none

    def fill(self, row: Row, *names: str, **columns: str):
        """Take over the filled cells of `row`: fields called like their column, or field=column."""
        for field, column in ({name: name for name in names} | columns).items():
            if row.has(column):
                self.set(row, field, row[column], column)

    def set(self, row: Row, field: str, value, column: str = ""):
        """Set one field, and note in the row what that changes. Two rows of a file may not contradict each other."""
        earlier = self.said.setdefault(field, row)
        if getattr(self.thing, field) == value:
            return
        called = self.thing._meta.get_field(field)
        if earlier is not row:
            was = as_words(self.thing, called)
            row.wrong(column, f"Row {earlier.number} says “{was}” about the same {self.noun}.")
        elif self.is_new:
            setattr(self.thing, field, value)
        else:
            self.before = self.before or copy.copy(self.thing)
            was = as_words(self.thing, called)
            setattr(self.thing, field, value)
            row.changes.append([called.verbose_name, was, as_words(self.thing, called)])

    def changed_fields(self) -> list[str]:
        """Names of the fields that differ from what is stored; [] for a new record."""
        if not self.before:
            return []
        fields = self.thing._meta.concrete_fields
        return [f.name for f in fields if getattr(self.before, f.attname) != getattr(self.thing, f.attname)]


class Drafts:
    """All records that a file speaks of, by model and key. New records of `silent` models are not worth a mention."""

    def __init__(self, silent):
        self.silent = silent
        self._drafts = defaultdict(dict)

    def stage(self, row: Row, model, key, existing=None, **new) -> Draft:
        """The draft of the record called `key`: the one of an earlier row, `existing`, or a new one made with `new`."""
        if (draft := self._drafts[model].get(key)) is None:
            draft = self._drafts[model][key] = Draft(existing or model(**new))
            if draft.is_new and model not in self.silent:
                row.adds.append(model._meta.verbose_name)
        return draft

    def of(self, model) -> list[Draft]:
        return list(self._drafts[model].values())

    def __len__(self):
        """How many records are to be written."""
        return sum(draft.is_new or bool(draft.changed_fields()) for model in self._drafts for draft in self.of(model))

    def save(self, model, step) -> list[models.Model]:
        """Write the new and the changed records of one model. Returns them; `step(n)` is told of every n written.

        Raises IntegrityError when a record clashes with another.
        """
        new = [draft.thing for draft in self.of(model) if draft.is_new]
        changed = [draft for draft in self.of(model) if draft.changed_fields()]
        for part in batches(new):
            model._default_manager.bulk_create(part)
            step(len(part))
        fields = sorted({field for draft in changed for field in draft.changed_fields()})
        if issubclass(model, Workflow):
            fields.append("version")
            for draft in changed:
                draft.thing.version += 1
        for part in batches([draft.thing for draft in changed]):
            # An upsert by primary key: many times quicker than bulk_update's CASE for every field of every row.
            model._default_manager.bulk_create(part, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
            step(len(part))
        return new + [draft.thing for draft in changed]

    def history(self, *, by, source: str) -> list[Event]:
        """What to write down about all of it, unsaved; once the records are saved."""
        events = []
        for draft in (draft for model in self._drafts for draft in self.of(model)):
            if draft.is_new and draft.added:
                events.append(event(draft.about, f"{draft.added} with the file {source}", by=by))
            elif draft.changed_fields():
                what = "; ".join(changes(draft.before, draft.thing))
                events.append(event(draft.about, f"changed {what} with the file {source}", by=by))
        return events
