"""A field that holds so many characters says so near its end; nothing is cut off unseen, nothing typed is lost."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from placements.timesheets.models import Spell

pytestmark = pytest.mark.browser


@pytest.fixture
def at_home(people, placement, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/home/")
    return page


@pytest.fixture
def at_week(people, placement, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/weeks/now/")
    return page


def test_what_is_left_is_said_near_the_end_only(at_home):
    words = at_home.get_by_label("What did you do today?")
    words.fill("w" * 450)
    expect(at_home.get_by_role("status").filter(has_text="character")).to_have_count(0)
    words.fill("w" * 451)
    expect(at_home.get_by_role("status").filter(has_text="49 characters left")).to_be_visible()
    words.fill("w" * 499)
    expect(at_home.get_by_role("status").filter(has_text="1 character left")).to_be_visible()
    words.fill("")
    expect(at_home.get_by_role("status").filter(has_text="character")).to_have_count(0)


def test_a_screen_reader_is_told_at_a_few_points_and_not_at_every_letter(at_home):
    words = at_home.get_by_label("What did you do today?")
    shown, said = at_home.locator("[data-left] .hint"), at_home.locator("[data-left] [role=status]")
    for typed, is_shown, is_said in [
        (451, "49 characters left", "49 characters left"),
        (452, "48 characters left", "49 characters left"),
        (479, "21 characters left", "49 characters left"),
        (480, "20 characters left", "20 characters left"),
        (491, "9 characters left", "9 characters left"),
        (494, "6 characters left", "9 characters left"),
        (495, "5 characters left", "5 characters left"),
        (499, "1 character left", "5 characters left"),
        (500, "0 characters left", "0 characters left"),
        (501, "1 too many: at most 500 characters.", "1 too many: at most 500 characters."),
        (540, "40 too many: at most 500 characters.", "1 too many: at most 500 characters."),
        (500, "0 characters left", "0 characters left"),
        (10, "", ""),
    ]:
        words.fill("w" * typed)
        expect(shown).to_have_text(is_shown)
        expect(said).to_have_text(is_said)


def test_too_many_are_counted_refused_in_words_and_kept(at_home):
    words = at_home.get_by_label("What did you do today?")
    words.fill("a\nb" + "w" * 500)
    expect(at_home.get_by_role("status").filter(has_text="4 too many: at most 500 characters.")).to_be_visible()
    at_home.get_by_role("button", name="Log today").click()
    expect(at_home.locator(".error-summary")).to_contain_text("Keep this to 500 characters")
    expect(words).to_have_value("a\nb" + "w" * 500)
    assert not Spell.objects.exists()


def test_a_break_of_five_digits_is_told_and_not_cut(at_home):
    at_home.get_by_label("Break, min").clear()
    at_home.get_by_label("Break, min").press_sequentially("12345")
    expect(at_home.get_by_label("Break, min")).to_have_value("12345")
    expect(at_home.get_by_role("status").filter(has_text="1 too many: at most 4 characters.")).to_be_visible()


def test_another_row_of_a_day_begins_without_the_count_of_the_first(at_week):
    day = at_week.locator(f"#day-{timezone.localdate().weekday()}")
    day.get_by_label("What I did").fill("w" * 501)
    expect(day.get_by_role("status").filter(has_text="1 too many")).to_have_count(1)
    day.get_by_role("button", name="Another time").click()
    expect(day.get_by_role("status").filter(has_text="1 too many")).to_have_count(1)


def test_the_message_of_a_week_is_counted_too(at_week):
    at_week.get_by_label("Message to your manager").fill("w" * 290)
    expect(at_week.get_by_role("status").filter(has_text="10 characters left")).to_be_visible()
