"""Forms that two people may have open at once: what somebody else stored meanwhile is told, never written over."""

from hashlib import sha256

from django import forms
from django.db import models, transaction

from portal.history.models import as_words, in_lines
from portal.workflow import SomebodyWasQuicker


class SeenForm(forms.BaseModelForm):
    """A form of a stored record that sends along what it showed, a short fingerprint for each field.

    Each field that holds something else by now, and not what was typed, gets an error that says so. The page comes
    back with what was typed, knows the newer state, and can be sent again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = self.stored_values(self.instance)
        if self.instance.pk:
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.fingerprints)

    def stored_values(self, instance: models.Model) -> dict:
        return forms.model_to_dict(instance, fields=self._meta.fields)

    def fingerprints(self) -> str:
        """'name:0123abcd,town:89ef4567', of what is stored now."""
        shown = ((name, in_lines(str(self[name].initial or ""))) for name in self.fields if name != "seen")
        return ",".join(f"{name}:{sha256(value.encode()).hexdigest()[:8]}" for name, value in shown)

    def clean(self):
        data = super().clean()
        if seen := self.cleaned_data.get("seen"):
            self.tell_what_changed(set(seen.split(",")))
        return data

    def tell_what_changed(self, seen: set[str]):
        """An error next to each field that somebody changed after the page had been opened."""
        now = self.fingerprints()
        if seen == set(now.split(",")):
            return
        known = {mark.partition(":")[0] for mark in seen}
        for mark in set(now.split(",")) - seen:
            name = mark.partition(":")[0]
            if name in known and self.says_otherwise(name):
                self.add_error(name, self.changed_words(name))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now

    def says_otherwise(self, name: str) -> bool:
        """Whether something else was typed, also once it is tidied, than what is stored now."""
        if name not in self.changed_data or name not in self.cleaned_data:
            return name in self.changed_data
        field = self.fields[name]
        return field.has_changed(self[name].initial, field.prepare_value(self.cleaned_data[name]))

    def changed_words(self, name: str) -> str:
        """What somebody made of a field, as a sentence."""
        words = self.words_of(name)
        changed = f"changed this to “{words}” meanwhile" if words else "emptied this meanwhile"
        return f"Somebody {changed}. Put in what is right, and save again."

    def words_of(self, name: str) -> str:
        """The stored value of a field, as people read it; '' for none."""
        value = self[name].initial
        if value in (None, ""):
            return ""
        own = name in self.stored
        return as_words(self.instance, self.instance._meta.get_field(name)) if own else str(value)

    def stored_by(self, write) -> bool:
        """Store what is valid by calling `write`, in one transaction. Where somebody was quicker, the page says so."""
        try:
            with transaction.atomic():
                self.take_turn()
                write()
        except SomebodyWasQuicker as quicker:
            self.add_error(None, f"{quicker} Save again to see what has changed.")
            return False
        return True

    def take_turn(self):
        """Hold the record until the transaction ends. Raises SomebodyWasQuicker where it changed after it was read."""
        rows = type(self.instance)._base_manager.select_for_update(of=("self",))
        if self.stored_values(rows.get(pk=self.instance.pk)) != self.stored:
            raise SomebodyWasQuicker(self.instance)
