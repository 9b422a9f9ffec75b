"""What a student writes just for themselves: nobody else reads it, by any way."""

from datetime import date

import pytest
from django.core.exceptions import FieldError

from placements.logbook import commenting, writing
from placements.logbook.filters import EntryFilter
from placements.logbook.models import Entry, Reflection
from placements.logbook.private import with_private_words
from placements.logbook.views.printing import logbook_of
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.people.models import Membership, Role
from tests.conftest import signed_in
from tests.placements.logbooks import a_goal, shared

pytestmark = pytest.mark.django_db
SECRET = "Frightened of the lift"
STRANGERS = ["student2", "tutor2", "other_student", "other_coordinator"]
OTHERS = ["manager", "tutor", "coordinator", *STRANGERS]


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


@pytest.fixture
def entry(cast):
    """A shared entry that serves a goal, with something private, a comment, and an open question to the manager."""
    entry = shared(cast, reflection=SECRET, goals=[a_goal(cast.placement)])
    commenting.ask_manager(entry, by=cast.student)
    commenting.comment(entry, "Well done", by=cast.tutor)
    return entry


def pages_of(entry) -> list[str]:
    placement = entry.placement_id
    return [
        f"/logbook/{entry.pk}/",
        f"/logbook/{entry.pk}/history/",
        "/logbook/",
        f"/placements/{placement}/logbook/",
        f"/placements/{placement}/logbook/goals/{entry.goals.get().goal_id}/",
        f"/placements/{placement}/logbook/print/?private=on",
        f"/placements/{placement}/",
    ]


def test_its_student_reads_it(cast, entry):
    client = signed_in(cast.student)
    assert SECRET in client.get(f"/logbook/{entry.pk}/").text
    assert SECRET in client.get(f"/logbook/{entry.pk}/edit/").text


def test_nobody_else_reads_it_on_any_page(cast, entry):
    pages = pages_of(entry)
    for who in ("manager", "tutor"):
        client = signed_in(getattr(cast, who))
        for page in pages:
            assert SECRET not in client.get(page).text, (who, page)


def found(asked: str, user, *, own: bool) -> list[Entry]:
    """What a search of all entries finds for somebody, on a page of others' entries or (`own`) on that of their own."""
    return list(EntryFilter({"q": asked}, Entry.objects.all(), user=user, own=own).qs)


def test_nobody_elses_search_tells_that_it_is_there(cast, entry):
    for who in OTHERS:
        user = getattr(cast, who)
        assert [found(SECRET.split()[0], user, own=own) for own in (True, False)] == [[], []], who
        assert found("Mended", user, own=False) == [entry], "what is written for all is found in the same rows"
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/logbook/?q={SECRET}").text
    assert SECRET not in page.replace(f'value="{SECRET}"', "")
    assert "No entry matches" in page


def test_the_students_own_search_finds_it(cast, entry):
    page = signed_in(cast.student).get("/logbook/?q=frightened").text
    assert "Mended a printer" in page
    assert "Frightened" not in page.replace("frightened", "")


def test_the_rows_themselves_are_the_students_alone(cast, entry):
    for who in OTHERS:
        user = getattr(cast, who)
        assert not Reflection.objects.visible_to(user).exists(), who
        rows = with_private_words(Entry.objects.all(), user)
        assert [row.private_words for row in rows] == [""], who


def test_no_way_leads_from_an_entry_to_it(cast, entry):
    assert not hasattr(entry, "reflection")
    for way in ("reflection", "reflection__words", "reflection_set"):
        with pytest.raises(FieldError):
            Entry.objects.filter(**{way: 1})
    assert SECRET not in str(vars(Entry.objects.get()))


def test_the_manager_behind_a_link_does_not_read_it(cast, entry, client):
    page = client.get(Ask.objects.get().path()).text
    assert "Mended a printer" in page
    assert SECRET not in page


def test_it_leaves_no_trace_in_mails_and_history(cast, entry):
    writing.write(entry, {"did": "Mended two", "reflection": f"{SECRET}!"}, by=cast.student, seen=entry.version)
    assert not Notice.objects.filter(text__contains=SECRET).exists()
    assert not Notice.objects.filter(html__contains=SECRET).exists()
    assert not Event.objects.filter(says__contains=SECRET).exists()
    assert SECRET not in str(list(entry.wordings.values()))


def test_on_paper_it_stands_only_for_the_student_who_asks_for_it(cast, entry):
    address = f"/placements/{cast.placement.pk}/logbook/print/"
    student = signed_in(cast.student)
    assert SECRET in student.get(f"{address}?private=on").text
    assert SECRET not in student.get(address).text
    pages = logbook_of(cast.tutor, cast.placement, {"since": None, "until": None, "private": True})
    assert pages["is_private"] is False
    assert [row.private_words for row in pages["entries"]] == [""]


def test_somebody_who_is_student_and_manager_reads_only_their_own(cast, entry):
    cast.placement.manager = cast.student2
    cast.placement.save()
    Membership.objects.create(user=cast.student2, provider=cast.provider, role=Role.MANAGER)
    client = signed_in(cast.student2)
    placement = f"/placements/{cast.placement.pk}/logbook"
    for page in (f"/logbook/{entry.pk}/", f"{placement}/", f"{placement}/print/?private=on"):
        text = client.get(page).text
        assert "Mended a printer" in text, page
        assert SECRET not in text, page


def test_it_can_be_changed_and_emptied(cast, entry):
    for words in ("Not any more", ""):
        writing.write(entry, {"reflection": words}, by=cast.student, seen=entry.version)
        assert (
            list(Reflection.objects.visible_to(cast.student).values_list("words", flat=True)) == [words][: bool(words)]
        )
    assert entry.day == date(2026, 3, 4)
