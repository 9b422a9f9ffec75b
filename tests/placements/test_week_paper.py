"""A week that came on paper: what the tutor reads, and what is refused."""

import pytest

from placements.timesheets.models import Timesheet
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_week(time_machine):
    time_machine.move_to("2026-03-09 10:00")


def path_of(cast) -> str:
    return f"/placements/{cast.placement.pk}/paper-weeks/2026-03-02/"


def refused(cast, **data) -> str:
    """The page that answers to a week that is refused."""
    response = signed_in(cast.tutor).post(path_of(cast), {"seen": "0", "declared": "on"} | data)
    assert response.status_code == 422
    assert not Timesheet.objects.filter(status="handed_in").exists()
    return response.content.decode()


def speaks_of_somebody_else(page) -> bool:
    of_them, of_oneself = ("What they did", ">At work</option>"), ("What I did", "I was at work")
    return all(words in page for words in of_them) and not any(words in page for words in of_oneself)


def test_a_week_is_recorded_from_paper(cast):
    data = {"seen": "0", "declared": "on", "d0-0-starts": "09:00", "d0-0-finishes": "17:00", "d0-0-break_minutes": "30"}
    assert signed_in(cast.tutor).post(path_of(cast), data).status_code == 302
    assert Timesheet.objects.get().on_paper_by == cast.tutor


def test_an_empty_week_is_refused_at_the_first_day_in_words_for_the_tutor(cast):
    page = refused(cast)
    assert (
        '<a href="#id_d0-0-starts">Monday 2 March, start: This week is empty. Write down the hours that Student '
        "worked, or why Student was away.</a>" in page
    )
    assert "One thing to put right" in page
    assert "hours you worked" not in page
    assert '<details class="day" id="day-0" data-day open>' in page
    assert speaks_of_somebody_else(page)


def test_an_empty_week_without_the_tick_is_told_both_at_once(cast):
    assert "2 things to put right" in refused(cast, declared="")


def test_the_page_speaks_of_somebody_else(cast):
    assert speaks_of_somebody_else(signed_in(cast.tutor).get(path_of(cast)).content.decode())


def test_a_note_without_a_reason_is_told_in_words_for_the_tutor(cast):
    assert "Say why they were away, or remove the note." in refused(cast, **{"d0-note": "At home"})


def test_the_student_reads_their_own_words(cast):
    page = signed_in(cast.student).get(f"/placements/{cast.placement.pk}/weeks/2026-03-02/").content.decode()
    assert "What I did" in page
    assert "I was at work" in page
