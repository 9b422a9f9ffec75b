"""Forms that save themselves, in several tabs at once: what a page did not change stays as it is stored."""

import json
from datetime import time
from functools import wraps

from django import forms
from django.db import transaction
from django.http import JsonResponse

from portal.form_seen import SeenField, words_of
from portal.history.models import in_lines
from portal.people.models import User


def merged(was: dict, mine: dict, stored: dict) -> tuple[dict, dict]:
    """(what changes, {field: (theirs, mine)} where both changed the same differently).

    `was`: what the page had shown; `mine`: what it sends; `stored`: what is stored by now.
    """
    changes, conflicts = {}, {}
    for name, value in mine.items():
        before, now = was.get(name, ""), stored.get(name, "")
        if value in (before, now):
            continue
        if now in (before, ""):
            changes[name] = value
        else:
            conflicts[name] = (now, value)
    return changes, conflicts


class MergedFields(forms.BaseForm):
    """A form that sends along what it showed (`was`), and changes only what differs from it. Its template shows `was`.

    What somebody changed on another page and left alone here holds; the page shows it once it is drawn again. What was
    changed on both gets an error with the words of the other page: they are stored until the next save decides.
    `changes` is what to write, all of it and nothing else: the page is told that it is stored. `initial` is what is
    stored now. A page that sends no `was` wins over what is stored. A choice that was made stays until another is sent.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["was"] = SeenField(required=False, initial=lambda: json.dumps(self.stored()))
        self.mine, self.changed, self.conflicts, self.was = {}, {}, {}, {}

    def stored(self) -> dict[str, str]:
        """What is stored now, as a browser sends it."""
        return {name: as_sent(self[name].initial) for name in self.fields if name != "was"}

    @property
    def changes(self) -> dict:
        """The values to write, by field: what was changed here and holds no error."""
        return {name: self.cleaned_data[name] for name in self.changed if name in self.cleaned_data}

    def clean(self):
        data = super().clean()
        stored = self.stored()
        self.was = stored | was_in(self.cleaned_data.pop("was", ""))
        self.mine = {name: as_sent(value) for name, value in self.cleaned_data.items()}
        sent = {name: words for name, words in self.mine.items() if words or self.can_be_emptied(name)}
        self.changed, self.conflicts = merged(self.was, sent, stored)
        for name in [name for name in self.conflicts if self.goes_on(name)]:
            self.changed[name] = self.conflicts.pop(name)[1]
        for name in self.mine.keys() - self.changed.keys() - self.conflicts.keys():
            if self.mine[name] != stored[name]:
                self.cleaned_data[name] = self.fields[name].to_python(stored[name])
        for name in self.conflicts:
            told = f"You changed this to “{words_of(self[name])}” on another page meanwhile."
            self.add_error(name, f"{told} Put in what is right, and save again.")
        return data

    def can_be_emptied(self, name: str) -> bool:
        """Whether a page can take out what is stored: of what is chosen it only sends another choice."""
        field = self.fields[name]
        return not isinstance(field, forms.ChoiceField) or field.valid_value("")

    def goes_on(self, name: str) -> bool:
        """Whether all words of the other page are here, with more: as after a save of which no answer came."""
        theirs, mine = self.conflicts[name]
        return theirs in mine and not isinstance(self.fields[name], forms.ChoiceField)

    def _post_clean(self):
        """Last of all, when every error is known: what the page compares with once the changes are written."""
        super()._post_clean()
        stored = self.stored()
        kept = {name: words for name, words in self.mine.items() if words == stored[name] or name in self.changes}
        self.was |= kept
        theirs = {name: stored[name] for name in self.mine if name not in self.changed}
        self.data = self.data.copy()
        for name in theirs.keys() - self.conflicts.keys() - kept.keys():
            self.data[name] = theirs[name]
        self.data["was"] = json.dumps(self.was | theirs)

    def told_quietly(self, saved: str = "Saved.", **more) -> JsonResponse:
        """What the script that saves the page hears; `was` is what it sends the next time, of the page as it is."""
        wrong = next((self.wrong_with(name) for name in self.errors), "")
        told = {"says": f"Not saved yet: {wrong}" if wrong else saved, "was": json.dumps(self.was)} | more
        return JsonResponse(told, status=422 if wrong else 200)

    def wrong_with(self, name: str) -> str:
        """What is wrong with a field, for a page that is not drawn again."""
        if name in self.conflicts:
            return f"You changed “{self[name].label}” on another page meanwhile. Save to see both."
        return self.errors[name][0]


def one_save_at_a_time(view):
    """Mark a view that stores a MergedFields of whoever is signed in.

    What two of their tabs send at the same moment, or a page once more as it is left, waits its turn before anything is
    read: each is compared with what is stored by then.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            return view(request, *args, **kwargs)

    return wrapper


def as_sent(value) -> str:
    """A value as a browser sends it, with plain line ends."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else in_lines(str(value)).strip()


def was_in(text: str) -> dict[str, str]:
    """What a page says that it had shown; nonsense counts as nothing."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = {}
    shown = found.items() if isinstance(found, dict) else ()
    return {name: as_sent(value) for name, value in shown if isinstance(value, str)}
