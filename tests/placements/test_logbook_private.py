"""What a student writes just for themselves: nobody else reads it, by any way."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import FieldError
from pypdf import PdfReader

from placements.logbook import commenting, writing
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
        f"/logbook/?q={SECRET.split()[0]}",
        f"/placements/{placement}/logbook/?q={SECRET}",
        f"/placements/{placement}/logbook/",
        f"/placements/{placement}/logbook/goals/{entry.goals.get().goal_id}/",
        f"/placements/{placement}/logbook/print/?private=on",
        f"/placements/{placement}/",
    ]


def text_of(response) -> str:
    content = response.content
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return content.decode()


def test_its_student_reads_it(cast, entry):
    client = signed_in(cast.student)
    assert SECRET in text_of(client.get(f"/logbook/{entry.pk}/"))
    assert SECRET in text_of(client.get(f"/logbook/{entry.pk}/edit/"))


def test_nobody_else_reads_it_on_any_page_and_no_search_tells_that_it_is_there(cast, entry):
    pages = pages_of(entry)
    for who in ("manager", "tutor", "coordinator"):
        client = signed_in(getattr(cast, who))
        for page in pages:
            response = client.get(page)
            if response.status_code == 200:
                text = text_of(response)
                assert SECRET not in text.replace(f'value="{SECRET}"', ""), (who, page)
                assert "?q=" not in page or "No entry matches" in text, (who, page)


def test_a_strangers_search_does_not_tell_of_it(cast, entry):
    for who in STRANGERS:
        user = getattr(cast, who)
        assert not Entry.objects.visible_to(user).exists(), who
        assert "No entry matches" in text_of(signed_in(user).get(f"/logbook/?q={SECRET.split()[0]}")), who


def test_the_students_own_search_finds_it(cast, entry):
    page = text_of(signed_in(cast.student).get("/logbook/?q=frightened"))
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
    page = text_of(client.get(Ask.objects.get().path()))
    assert "Mended a printer" in page
    assert SECRET not in page


def test_it_leaves_no_trace_in_mails_and_history(cast, entry):
    writing.write(entry, {"did": "Mended two", "reflection": f"{SECRET}!"}, by=cast.student, seen=entry.version)
    assert not Notice.objects.filter(text__contains=SECRET).exists()
    assert not Notice.objects.filter(html__contains=SECRET).exists()
    assert not Event.objects.filter(says__contains=SECRET).exists()
    assert SECRET not in str(list(entry.wordings.values()))


def test_on_paper_it_stands_only_for_the_student_who_asks_for_it(cast, entry):
    address = f"/placements/{cast.placement.pk}/logbook"
    student = signed_in(cast.student)
    assert SECRET in text_of(student.get(f"{address}/logbook.pdf?private=on"))
    assert SECRET in text_of(student.get(f"{address}/print/?private=on"))
    assert SECRET not in text_of(student.get(f"{address}/print/"))
    pages = logbook_of(cast.tutor, cast.placement, {"since": None, "until": None, "private": True})
    assert pages["is_private"] is False
    assert [row.private_words for row in pages["entries"]] == [""]


def test_somebody_who_is_student_and_manager_reads_only_their_own(cast, entry):
    cast.placement.manager = cast.student2
    cast.placement.save()
    Membership.objects.create(user=cast.student2, provider=cast.provider, role=Role.MANAGER)
    client = signed_in(cast.student2)
    for page in pages_of(entry):
        if page.startswith(f"/logbook/{entry.pk}/") or page.endswith(("/logbook/", "?private=on")):
            text = text_of(client.get(page))
            assert SECRET not in text, page
    assert "Mended a printer" in text_of(client.get(f"/logbook/{entry.pk}/"))


def test_it_can_be_changed_and_emptied(cast, entry):
    for words in ("Not any more", ""):
        writing.write(entry, {"reflection": words}, by=cast.student, seen=entry.version)
        assert (
            list(Reflection.objects.visible_to(cast.student).values_list("words", flat=True)) == [words][: bool(words)]
        )
    assert entry.day == date(2026, 3, 4)
