"""Forms that two people may have open at once: what somebody else stored meanwhile is told, never written over."""

from hashlib import sha256

from django import forms
from django.db import models, transaction
from django.forms.boundfield import BoundField
from django.utils.text import Truncator

from portal.history.models import as_words, in_lines
from portal.workflow import Refused, SomebodyWasQuicker

QUOTED = 300  # characters of what somebody wrote: more of it is read where it stands


class SeenField(forms.CharField):
    """What a page had shown. It is no change by itself: a free row that was left free stays free."""

    widget = forms.HiddenInput(attrs={"id": False})  # a page may hold several such forms

    def has_changed(self, initial, data) -> bool:
        return False


def words_of(bound: BoundField) -> str:
    """The stored value of a field, as people read it; '' for none."""
    value, field = bound.initial, bound.field
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    return labels.get(str(value)) or in_lines(str(field.widget.format_value(value) or ""))


class SeenFields(forms.BaseForm):
    """A form of something stored that sends along what it showed, a short fingerprint for each field.

    Each field that holds something else by now, and not what was typed, gets an error that says so. The page comes
    back with what was typed, knows the newer state, and can be sent again. `initial` is what is stored now.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_stored():
            self.fields["seen"] = SeenField(required=False, initial=self.fingerprints)

    def is_stored(self) -> bool:
        """Whether there is anything yet that somebody else could have changed."""
        return bool(self.initial)

    def fingerprints(self) -> str:
        """'name:0123abcd,town:89ef4567', of what is stored now."""
        shown = ((name, in_lines(str(self[name].initial or ""))) for name in self.fields if name != "seen")
        return ",".join(f"{name}:{sha256(value.encode()).hexdigest()[:8]}" for name, value in shown)

    def clean(self):
        data = super().clean()
        if seen := self.cleaned_data.pop("seen", ""):
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
                if self.has_error(name, "required"):  # that somebody has filled it in says more
                    del self.errors[name]
                self.add_error(name, self.changed_words(name))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now

    def says_otherwise(self, name: str) -> bool:
        """Whether something else was typed, also once it is tidied, than what is stored now."""
        field, now = self.fields[name], in_lines(self[name].initial)
        if not field.has_changed(now, in_lines(self[name].data)):
            return False
        return name not in self.cleaned_data or field.has_changed(now, field.prepare_value(self.cleaned_data[name]))

    def changed_words(self, name: str) -> str:
        """What somebody made of a field, as a sentence."""
        words = Truncator(self.words_of(name)).chars(QUOTED)
        changed = f"changed this to “{words}” meanwhile" if words else "emptied this meanwhile"
        return f"Somebody {changed}. Put in what is right, and save again."

    def words_of(self, name: str) -> str:
        """The stored value of a field, as people read it; '' for none."""
        return words_of(self[name])

    def stored_by(self, write) -> bool:
        """Store what is valid by calling `write`, in one transaction. What is refused, the page says."""
        try:
            with transaction.atomic():
                self.take_turn()
                write()
        except SomebodyWasQuicker as quicker:
            self.add_error(None, f"{quicker} Save again to see what has changed.")
        except Refused as refused:
            self.add_error(None, str(refused))
        else:
            return True
        return False

    def take_turn(self):
        """Hold what is changed until the transaction ends; `write` may do it as well. Raises SomebodyWasQuicker."""


class SeenForm(SeenFields, forms.BaseModelForm):
    """The same of a record."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = self.stored_values(self.instance)

    def is_stored(self) -> bool:
        return self.instance.pk is not None

    def stored_values(self, instance: models.Model) -> dict:
        return forms.model_to_dict(instance, fields=self._meta.fields)

    def words_of(self, name: str) -> str:
        value = self[name].initial
        if value in (None, ""):
            return ""
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        own = name in self.stored
        return as_words(self.instance, self.instance._meta.get_field(name)) if own else str(value)

    def take_turn(self):
        """Hold the record until the transaction ends. Raises SomebodyWasQuicker where it changed after it was read."""
        if not self.is_stored():
            return
        rows = type(self.instance)._base_manager.select_for_update(of=("self",))
        if self.stored_values(rows.get(pk=self.instance.pk)) != self.stored:
            raise SomebodyWasQuicker(self.instance)
