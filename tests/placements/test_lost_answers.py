"""A save whose answer was lost is the page's own: it goes on from there, and nobody is told of another tab."""

from datetime import date

import pytest
from django.urls import reverse

from placements.logbook import writing
from placements.logbook.models import Entry, Reflection, Wording
from placements.timesheets.models import Spell, Timesheet
from portal.own_saves import Seen, new_page
from portal.workflow import SomebodyWasQuicker
from tests.conftest import signed_in
from tests.pages import hidden_in, told
from tests.placements.logbooks import draft
from tests.placements.test_week_page import MONDAY
from tests.placements.test_week_twice import on_monday

pytestmark = pytest.mark.django_db

QUIET = {"X-Autosave": "1"}
ELSEWHERE = "Changed elsewhere meanwhile. Press Save draft: it loses nothing of yours and shows you both."


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


@pytest.fixture
def student(cast):
    return signed_in(cast.student)


@pytest.fixture
def url(cast):
    return reverse("week_open", args=[cast.placement.pk, MONDAY])


def opened(seen=0) -> dict[str, str]:
    """What a page that is opened now sends along of itself, with the version that it shows."""
    return {"page": new_page(), "seen": str(seen)}


def words() -> list[str]:
    return [spell.activity for spell in Spell.objects.all()]


def says(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["says"]


# --- weeks ---


def test_typing_goes_on_where_the_answer_to_the_first_save_was_lost(student, url):
    page = hidden_in(student.get(url))
    student.post(url, on_monday("On the") | page | {"sent": "1500"}, headers=QUIET)
    answer = student.post(url, on_monday("On the bus") | page | {"sent": "21500"}, headers=QUIET)
    assert answer.json() == {"seen": 2, "says": "Saved at 18:00"}
    assert words() == ["On the bus"]
    assert student.post(url, on_monday("On the bus home") | page | {"sent": "30000"}).status_code == 302
    assert words() == ["On the bus home"]


def test_an_older_save_or_press_that_comes_late_puts_nothing_over_newer_words_and_hands_nothing_in(student, url):
    page = opened()
    student.post(url, on_monday("On the bus") | page | {"sent": "21500"}, headers=QUIET)
    late = student.post(url, on_monday("On the") | page | {"sent": "1500"}, headers=QUIET)
    assert late.json() == {"seen": 1, "says": "Saved"}
    press = on_monday("On the") | page | {"sent": "1500", "do": "hand_in", "declared": "on"}
    assert student.post(url, press).status_code == 409
    assert (words(), Timesheet.objects.get().status) == (["On the bus"], "draft")


def test_words_that_cannot_be_stored_yet_go_on_as_well(student, url):
    page = opened()
    wrong = on_monday("On the") | {"d0-0-finishes": "09:00"}
    student.post(url, wrong | page, headers=QUIET)
    answer = student.post(url, wrong | page | {"d0-0-activity": "On the bus"}, headers=QUIET)
    assert says(answer) == (200, "Kept at 18:00; something is not right yet")
    assert Timesheet.objects.get().typed["d0-0-activity"] == "On the bus"


def test_a_second_tab_is_another_page_as_ever(student, url):
    one, two = [hidden_in(student.get(url)) for _ in range(2)]
    assert (len(one["page"]), len(two["page"]), one["page"] == two["page"]) == (12, 12, False)
    student.post(url, on_monday("First tab") | one, headers=QUIET)
    assert says(student.post(url, on_monday("Second tab") | two, headers=QUIET)) == (409, ELSEWHERE)
    assert words() == ["First tab"]


def test_a_page_whose_words_another_tab_has_changed_since_is_told(student, url):
    one, two = opened(), opened(seen=1)
    student.post(url, on_monday("First tab") | one, headers=QUIET)
    assert student.get(url).url == reverse("week_edit", args=[Timesheet.objects.get().pk])
    student.post(url, on_monday("Second tab") | two, headers=QUIET)
    assert says(student.post(url, on_monday("First tab, and more") | one, headers=QUIET)) == (409, ELSEWHERE)
    assert words() == ["Second tab"]


def test_a_page_from_before_the_week_was_handed_in_and_taken_back_is_told(cast, student, url):
    page = opened()
    student.post(url, on_monday("On the") | page, headers=QUIET)
    week = Timesheet.objects.with_people().get()
    week.hand_in(by=cast.student)
    handed_in = student.post(url, on_monday("On the bus") | page, headers=QUIET)
    week.recall(by=cast.student)
    taken_back = student.post(url, on_monday("On the bus") | page, headers=QUIET)
    assert [says(handed_in), says(taken_back)] == [(409, ELSEWHERE), (409, ELSEWHERE)]
    assert words() == ["On the"]


def test_what_is_left_after_the_session_ended_goes_on_from_a_save_whose_answer_was_lost(client, student, url):
    page = hidden_in(student.get(url))
    student.post(url, on_monday("On the") | page, headers=QUIET)
    client.post(url, on_monday("On the bus") | page)
    assert Timesheet.objects.get().typed["d0-0-activity"] == "On the bus"
    assert student.post(url, on_monday("On the bus home") | page).status_code == 302
    assert words() == ["On the bus home"]


@pytest.mark.parametrize("name", ["", "x", "\x00" * 12, "ééééééééé123", "a" * 500])
def test_what_is_no_name_of_a_page_is_none(name):
    assert Seen.of({"page": name}).page == ""


def test_pages_without_a_name_are_not_taken_for_the_same(student, url):
    student.post(url, on_monday("First") | {"page": "x"}, headers=QUIET)
    assert says(student.post(url, on_monday("Second") | {"page": "x"}, headers=QUIET)) == (409, ELSEWHERE)


# --- the logbook ---


def entry_of(did: str, **more) -> dict[str, str]:
    return {"did": did, "day": "2026-03-04", "initial-day": "2026-03-04", "do": "draft"} | more


@pytest.fixture
def edit(cast):
    return f"/logbook/{draft(cast).pk}/edit/"


def test_an_entry_is_saved_again_by_its_own_page(student, edit):
    page = hidden_in(student.get(edit))
    answers = [
        student.post(edit, entry_of(did) | page | {"sent": at}, headers=QUIET)
        for did, at in (("On the", "1500"), ("On the bus", "41500"))
    ]
    assert [says(answer) for answer in answers] == [(200, "Saved at 18:00")] * 2
    assert (answers[-1].json()["seen"], Entry.objects.get().did) == (3, "On the bus")
    pressed = student.post(edit, entry_of("On the bus home") | page | {"sent": "50000"})
    assert (told(pressed), Entry.objects.get().did) == ("Kept as a draft. Only you see it.", "On the bus home")


def test_an_older_save_of_an_entry_that_comes_late_puts_nothing_over_newer_words(student, edit):
    page = opened(seen=1)
    student.post(edit, entry_of("On the bus", reflection="Mine, all") | page | {"sent": "21500"}, headers=QUIET)
    late = student.post(edit, entry_of("On the", reflection="Mine") | page | {"sent": "1500"}, headers=QUIET)
    assert (says(late), late.json()["seen"]) == ((200, "Saved at 18:00"), 2)
    assert (Entry.objects.get().did, Reflection.objects.get().words) == ("On the bus", "Mine, all")


def test_a_new_entry_is_written_on_by_its_own_page_and_not_over_another_s(student):
    new = "/logbook/new/"
    page = hidden_in(student.get(new))
    student.post(new, entry_of("On the") | page, headers=QUIET)
    assert student.post(new, entry_of("On the bus") | page, headers=QUIET).json()["seen"] == 2
    student.post(f"/logbook/{Entry.objects.get().pk}/edit/", entry_of("In another tab") | opened(seen=2))
    assert student.post(new, entry_of("On the bus home") | page, headers=QUIET).status_code == 409
    assert Entry.objects.get().did == "In another tab"


def test_after_a_press_on_share_whose_answer_was_lost_nothing_half_typed_goes_in_and_it_is_pressed_again(student, edit):
    page = opened(seen=1)
    student.post(edit, entry_of("On the bus", do="share") | page)
    answer = student.post(edit, entry_of("On the bus ho") | page, headers=QUIET)
    assert says(answer) == (409, "Not saved yet. Press Save.")
    assert Entry.objects.get().did == "On the bus"
    again = student.post(edit, entry_of("On the bus home", do="share") | page)
    entry = Entry.objects.get()
    assert (told(again), entry.status, entry.did) == ("Saved.", "published", "On the bus home")
    assert [wording.did for wording in Wording.objects.all()] == ["On the bus home", "On the bus"]


def test_a_draft_that_was_shared_elsewhere_meanwhile_is_another_page_s(cast):
    entry, seen = draft(cast), Seen.of(opened(seen=1))
    writing.write(entry, {"did": "On the bus"}, by=cast.student, seen=seen)
    writing.publish(entry, by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        writing.write(entry, {"did": "On the bus home"}, by=cast.student, seen=seen)
    assert Entry.objects.get().did == "On the bus"


def test_words_of_somebody_signed_out_are_given_back_where_another_tab_has_written_since(client, student, edit):
    page = hidden_in(student.get(edit))
    assert client.post(edit, entry_of("On the") | page).status_code == 302
    assert client.post(edit, entry_of("On the bus") | page).status_code == 302
    assert Entry.objects.get().did == "On the bus"
    student.post(edit, entry_of("In another tab") | opened(seen=Entry.objects.get().version))
    answer = client.post(edit, entry_of("On the bus home") | page)
    assert (answer.status_code, "On the bus home" in answer.text) == (401, True)
    assert (Entry.objects.get().did, Entry.objects.get().day) == ("In another tab", date(2026, 3, 4))
