"""Each of the words that an entry holds is kept, shown, searched, printed and taken along: none is lost on the way."""

import uuid

import pytest
from django import forms
from django.db import models
from django.http import QueryDict

from placements.logbook import writing
from placements.logbook.filters import EntryFilter
from placements.logbook.forms import EntryForm
from placements.logbook.models import Entry, Reflection, Wording
from placements.logbook.taking import logbook
from tests.conftest import signed_in
from tests.pages import hidden_in
from tests.placements.logbooks import DAY, shared

pytestmark = pytest.mark.django_db
ASIDE = {"reflection", "asked"}  # kept apart, and not kept at all
TEXT = [name for name, field in EntryForm.base_fields.items() if type(field) is forms.CharField and name not in ASIDE]


def written(**more) -> dict:
    """What a browser sends where each field for others to read is filled with its own name."""
    hidden = {"key": str(uuid.uuid4()), "day": f"{DAY}", "do": "share"}
    return hidden | {name: f"All of {name} here" for name in TEXT} | more


def not_in(response) -> list[str]:
    return [name for name in TEXT if f"All of {name} here" not in response.content.decode()]


def test_all_that_can_be_written_is_among_the_words_of_an_entry():
    assert tuple(TEXT) == ("did", "learned", "skills")
    for model in (Entry, Wording):
        plain = [field.name for field in model._meta.fields if type(field) in (models.TextField, models.CharField)]
        assert [name for name in plain if name != "status"] == list(Entry.WORDS) == TEXT, model


def test_each_of_its_words_is_shown_wherever_an_entry_is_read(cast):
    student, tutor = signed_in(cast.student), signed_in(cast.tutor)
    student.post("/logbook/new/", written())
    entry, placement = Entry.objects.get(), cast.placement.pk
    assert entry.is_published
    for who, address in (
        (student, f"/logbook/{entry.pk}/edit/"),
        (tutor, f"/logbook/{entry.pk}/"),
        (tutor, f"/logbook/{entry.pk}/history/"),
        (tutor, f"/placements/{placement}/logbook/print/"),
    ):
        assert not_in(who.get(address)) == [], address


def test_each_of_its_words_is_searched_and_taken_along(cast):
    entry = shared(cast, **{name: f"All of {name} here" for name in TEXT})
    rows = Entry.objects.visible_to(cast.tutor)
    for name in TEXT:
        asked = QueryDict(f"q=all+of+{name}+here")
        assert list(EntryFilter(asked, rows, user=cast.tutor, own=False).qs) == [entry], name
    first, *_ = logbook(cast.placement.student, cast.student, set()).tables
    assert [name for name in TEXT if f"All of {name} here" not in first.rows[0]] == []


def test_a_change_of_any_of_its_words_is_kept_as_a_wording(cast):
    entry = shared(cast)
    for name in TEXT:
        before = getattr(entry, name)
        writing.write(entry, {name: "Other words"}, by=cast.student, seen=entry.version)
        assert [getattr(wording, name) for wording in entry.wordings.all()[:2]] == ["Other words", before]


def test_each_of_its_words_is_left_with_the_draft_where_the_session_has_ended(cast, client):
    hidden = hidden_in(signed_in(cast.student).get("/logbook/new/"))
    response = client.post("/logbook/new/", written(reflection="Only mine") | hidden)
    entry = Entry.objects.get()
    assert response.url == f"/accounts/login/?next=/logbook/{entry.pk}/edit/"
    assert (entry.status, entry.placement, Reflection.objects.get().words) == ("draft", cast.placement, "Only mine")
    assert [name for name in TEXT if getattr(entry, name) != f"All of {name} here"] == []
