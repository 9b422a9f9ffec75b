"""The student's week in a real browser, on a phone: what only a browser can show."""

from datetime import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from placements.timesheets.models import Spell, Timesheet, monday_of
from tests.browser.conftest import LAPTOP
from tests.ready import agree_on_goals
from tests.reviews.meetings_ready import agreed_meeting

pytestmark = pytest.mark.browser
SHELF = "sessionStorage.getItem('kept-words')"


@pytest.fixture
def at_home(people, placement, type_in, page):
    type_in(people.student)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Student")
    page.wait_for_load_state()
    return page


@pytest.fixture
def at_week(people, placement, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/weeks/now/")
    return page


def today_on(page):
    return page.locator(f"#day-{timezone.localdate().weekday()}")


def test_a_usual_day_takes_one_line_and_one_tap(at_home):
    button, bar = at_home.get_by_role("button", name="Log today"), at_home.locator(".tabbar")
    reach = button.bounding_box()
    assert reach["y"] + reach["height"] < bar.bounding_box()["y"]  # nothing covers it, nothing has to be scrolled
    at_home.get_by_label("What did you do today?").fill("Labelled 40 parcels")
    at_home.get_by_role("button", name="Log today").dblclick()
    expect(at_home.get_by_text("Labelled 40 parcels")).to_be_visible()
    assert Spell.objects.get().minutes == 420


def test_totals_show_while_typing_and_the_draft_saves_itself(at_week):
    day = today_on(at_week)
    day.get_by_label("Start").fill("09:00")
    day.get_by_label("Finish").fill("00:00")
    expect(day.locator("[data-day-total]")).to_have_text("14 h")
    day.get_by_label("Finish").fill("16:30")
    day.get_by_label("Break, min").fill("-5")  # no such break, and none that adds to the hours
    expect(day.locator("[data-day-total]")).to_have_text("7 h 30 min")
    day.get_by_label("Break, min").fill("60")
    expect(day.locator("[data-day-total]")).to_have_text("6 h 30 min")
    expect(at_week.locator("[data-week-total]")).to_have_text("6 h 30 min")
    expect(at_week.locator("[data-saved]")).to_contain_text("Saved at")
    assert Spell.objects.get().minutes == 390
    under_way = []
    at_week.route("**/weeks/**", lambda route: under_way.append(route))
    for words in ("Sorted", "Sorted the", "Sorted the mail"):  # one after the other, and none is answered yet
        with at_week.expect_request("**/weeks/**"):
            day.get_by_label("What I did").fill(words)
            at_week.evaluate("dispatchEvent(new Event('pagehide'))")
    for route in under_way:
        with at_week.expect_response("**/weeks/**"):
            route.continue_()
    at_week.unroute("**/weeks/**")
    assert Spell.objects.get().activity == "Sorted the mail"
    day.get_by_label("What I did").fill("Sorted returns")
    at_week.get_by_role("button", name="Save draft").last.click()
    expect(at_week.get_by_text("Your draft is saved.")).to_be_visible()
    assert Spell.objects.get().activity == "Sorted returns"


def test_whoever_leaves_at_once_or_was_signed_out_loses_no_word(at_home, people, live_server, type_in):
    week, words = f"{live_server.url}/weeks/now/", today_on(at_home).get_by_label("What I did")
    home = at_home.get_by_role("navigation", name="Main, on a phone").get_by_role("link", name="Home")
    at_home.goto(week)
    words.fill("Sorted")
    home.click()
    expect(at_home.get_by_role("heading", level=1)).to_have_text("Hello Student")
    at_home.goto(week)
    expect(words).to_have_value("Sorted")
    Session.objects.all().delete()
    words.fill("Sorted returns")
    expect(at_home.locator("[data-saved]")).to_contain_text("You were signed out. What you typed is kept")
    words.fill("Sorted returns, twice")
    home.click()
    expect(at_home.get_by_role("heading", level=1)).to_have_text("Sign in")
    type_in(people.student)
    at_home.goto(week)
    expect(words).to_have_value("Sorted returns, twice")


def test_another_time_on_the_day_comes_without_a_round_trip(at_week):
    day = today_on(at_week)
    day.get_by_label("Start").fill("09:00")
    day.get_by_label("Finish").fill("12:00")
    day.get_by_role("button", name="Another time").click()
    day.get_by_label("Start").nth(1).fill("13:00")
    day.get_by_label("Finish").nth(1).fill("15:00")
    expect(day.locator("[data-day-total]")).to_have_text("4 h")
    at_week.get_by_role("button", name="Save draft").last.click()
    expect(at_week.get_by_text("Your draft is saved.")).to_be_visible()
    assert sorted(Spell.objects.values_list("minutes", flat=True)) == [120, 120]


def test_a_time_is_taken_out_and_put_back(at_week):
    day = today_on(at_week)
    out = day.get_by_role("button", name="Take this time out")
    expect(out).to_have_count(0)
    for row, (starts, finishes) in enumerate((("09:00", "12:00"), ("13:00", "15:00"))):
        if row:
            day.get_by_role("button", name="Another time").click()
        day.get_by_label("Start").nth(row).fill(starts)
        day.get_by_label("Finish").nth(row).fill(finishes)
    out.nth(0).click()
    expect(day.locator("[data-day-total]")).to_have_text("2 h")
    day.get_by_role("button", name="Put it back").click()
    expect(day.locator("[data-day-total]")).to_have_text("4 h")
    out.nth(0).click()
    for _ in range(5):
        day.get_by_role("button", name="Another time").click()
    expect(day.get_by_label("Start")).to_have_count(6)  # the one that was taken out made room for the last
    day.get_by_label("Start").nth(0).fill("16:00")
    day.get_by_label("Finish").nth(0).fill("17:00")
    at_week.get_by_role("button", name="Save draft").last.click()
    expect(at_week.get_by_text("Your draft is saved.")).to_be_visible()
    assert sorted(Spell.objects.values_list("minutes", flat=True)) == [60, 120]


def test_without_a_signal_the_day_stays_on_the_page_and_is_sent_later(at_home, context):
    at_home.get_by_label("What did you do today?").fill("Sorted the stock room")
    context.set_offline(True)
    at_home.get_by_role("button", name="Log today").dblclick()
    told = "No signal. What you wrote is still here: press again when you are back."
    expect(at_home.get_by_role("alert")).to_have_text(told)
    expect(at_home.get_by_label("What did you do today?")).to_have_value("Sorted the stock room")
    assert Spell.objects.count() == 0
    context.set_offline(False)
    at_home.get_by_role("button", name="Log today").dblclick()
    expect(at_home.get_by_text("Take it out again")).to_be_visible()
    assert list(Spell.objects.values_list("activity", flat=True)) == ["Sorted the stock room"]


def test_what_was_typed_without_a_signal_is_saved_as_soon_as_there_is_one(at_week, context):
    context.set_offline(True)
    today_on(at_week).get_by_label("What I did").fill("Typed in a tunnel")
    today_on(at_week).get_by_label("Start").fill("09:00")
    today_on(at_week).get_by_label("Finish").fill("12:00")
    draft = at_week.locator("[data-saved]")
    expect(draft).to_have_text("No signal. It is saved as soon as you are back.")
    at_week.get_by_role("button", name="Save draft").last.click()
    told = "No signal. What you wrote is saved by itself as soon as you are back. Then press again."
    expect(at_week.get_by_role("alert")).to_have_text(told)
    expect(draft).to_be_hidden()
    at_week.get_by_label("These are the hours").check()
    at_week.get_by_role("button", name="Hand in").click()
    told = "No signal. The week is not handed in. What you wrote is still here: press Hand in again when you are back."
    expect(at_week.get_by_role("alert")).to_have_text(told)
    expect(draft).to_be_hidden()
    context.set_offline(False)
    expect(draft).to_contain_text("Saved at")
    expect(draft).to_be_visible()
    expect(at_week.get_by_text("The signal is back: press Hand in again.")).to_be_visible()
    assert list(Spell.objects.values_list("activity", flat=True)) == ["Typed in a tunnel"]


def test_a_press_that_gets_no_answer_leaves_the_week_on_the_page(at_week):
    day = today_on(at_week)

    def lose_the_answer(route):
        route.fetch()
        route.abort("timedout")

    at_week.route("**/weeks/**", lose_the_answer)
    for label, value in {"Start": "09:00", "Finish": "12:00", "What I did": "Typed in a"}.items():
        day.get_by_label(label).fill(value)
    at_week.get_by_role("button", name="Save draft").last.click()
    told = "No signal. What you wrote is still here: press again when you are back."
    expect(at_week.locator("[data-saved]")).to_have_text(told)
    at_week.unroute("**/weeks/**")
    assert list(Spell.objects.values_list("activity", flat=True)) == ["Typed in a"]
    at_week.route("**/weeks/**", lambda route: route.fulfill(status=503, body="Busy"))
    day.get_by_label("What I did").fill("Typed in the lift")
    at_week.get_by_role("button", name="Save draft").last.click()
    told = "The portal cannot save just now. What you wrote is still here: press again in a minute."
    expect(at_week.locator("[data-saved]")).to_have_text(told)
    at_week.unroute("**/weeks/**")
    day.get_by_label("What I did").fill("Typed in a lift")
    expect(at_week.locator("[data-saved]")).to_contain_text("Saved at")
    assert list(Spell.objects.values_list("activity", flat=True)) == ["Typed in a lift"]
    at_week.route("**/weeks/**", lambda route: route.abort("aborted"), times=1)  # Stop is pressed
    with at_week.expect_event("requestfailed"):
        at_week.get_by_role("button", name="Save draft").last.click()
    at_week.evaluate("document.querySelector('[aria-busy]').removeAttribute('aria-busy')")  # as portal.js does in time
    with at_week.expect_response("**/weeks/**"):
        day.get_by_label("What I did").fill("Typed in the lift")
    assert list(Spell.objects.values_list("activity", flat=True)) == ["Typed in the lift"]
    at_week.route("**/weeks/**", lambda route: route.fulfill(status=200, body="<p>Welcome to our wifi</p>"), times=1)
    day.get_by_label("What I did").fill("Typed in a hotel")
    expect(at_week.locator("[data-saved]")).to_have_text("Not saved yet. Press Save draft.")
    at_week.evaluate("dispatchEvent(new Event('pagehide'))")
    assert "Typed in a hotel" in at_week.evaluate(SHELF)


def come_back(page, address, field, words):
    """Open the page again, until the save is stored that went off while it was left: nobody is there to hear of it."""
    for _ in range(10):
        page.goto(address)
        if field.input_value() == words:
            return
        page.wait_for_timeout(200)
    expect(field).to_have_value(words)


def test_every_form_that_saves_itself_keeps_the_last_words_of_who_leaves_at_once(
    people, placement, sign_in, live_server, page
):
    agree_on_goals(placement, by=people.tutor)
    meeting = agreed_meeting(people, days=-1)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/notes/")
    notes = page.get_by_label("What else was said")
    notes.fill("Arrives early")
    expect(page.locator("[data-saved]")).to_have_text("Saved.")
    notes.fill("Arrives early, leaves late")
    page.get_by_role("link", name="Midway").click()
    expect(notes).to_be_hidden()
    come_back(page, f"{live_server.url}/meetings/{meeting.pk}/notes/", notes, "Arrives early, leaves late")
    sign_in(people.student)
    page.goto(f"{live_server.url}/placements/{placement.pk}/arrangements/")
    question = page.locator("[name=question_1]")
    question.fill("How did you come to this work?")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("link", name="My first-day card").click()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    come_back(
        page, f"{live_server.url}/placements/{placement.pk}/arrangements/", question, "How did you come to this work?"
    )
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.goto(f"{live_server.url}/placements/{placement.pk}/induction/")
    page.get_by_text("Done").nth(0).click()
    page.get_by_text("Done").nth(1).click()
    expect(page.locator("[data-saved]")).to_have_text("Saved. 2 of 15 answered.")
    expect(page.locator("[data-how-far]")).to_have_js_property("value", 2)
    clear = page.get_by_role("button", name="Clear the answer")
    sent = []

    def first_waits_and_second_fails(route):
        sent.append(route)
        if len(sent) == 2:
            route.abort("timedout")
        elif len(sent) > 2:
            route.continue_()

    page.route("**/induction/save/", first_waits_and_second_fails)
    with page.expect_request("**/induction/save/"):
        clear.nth(0).click()
    with page.expect_event("requestfailed"):
        clear.nth(1).click()
        page.get_by_text("Done").nth(2).click()
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    with page.expect_response("**/induction/save/"):
        sent[0].continue_()
    with page.expect_response("**/induction/save/"):
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-saved]")).to_have_text("Saved. 1 of 15 answered.")
    page.reload()
    expect(page.get_by_role("radio", name="Done").nth(0)).not_to_be_checked()
    expect(page.get_by_role("radio", name="Done").nth(1)).not_to_be_checked()
    expect(page.get_by_role("radio", name="Done").nth(2)).to_be_checked()
    page.unroute("**/induction/save/")
    page.evaluate("void (window.fetch = () => Promise.reject())")
    clear.click()
    expect(page.locator("[data-saved]")).to_have_text("No signal. It is saved as soon as you are back.")
    page.goto(f"{live_server.url}/home/")
    page.goto(f"{live_server.url}/placements/{placement.pk}/induction/")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[data-saved]")).to_have_text("Saved. 0 of 15 answered.")
    page.get_by_text("I am not sure").nth(0).click()  # waits for its words
    page.get_by_text("Done").nth(1).click()
    expect(page.locator("[data-saved]")).to_have_text("Saved. 1 of 15 answered.")
    page.goto(f"{live_server.url}/home/")
    page.goto(f"{live_server.url}/placements/{placement.pk}/induction/")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_label("A few words on it").nth(0).fill("Who has the key?")
    expect(page.locator("[data-saved]")).to_have_text("Saved. 2 of 15 answered.")
    assert page.evaluate(SHELF) is None


def test_a_mistake_leads_from_the_summary_to_the_field(at_week):
    day = today_on(at_week)
    day.get_by_label("Start").fill("17:00")
    day.get_by_label("Finish").fill("09:00")
    at_week.get_by_role("button", name="Save draft").last.click()
    link = at_week.get_by_role("link", name="The finish must be later than the start.")
    expect(at_week.get_by_role("alert")).to_be_focused()
    link.click()
    expect(today_on(at_week).get_by_label("Finish")).to_be_focused()


def test_the_week_is_handed_in_by_keyboard_alone(people, placement, sign_in, live_server, page):
    week = Timesheet.objects.create(placement=placement, monday=monday_of(timezone.localdate()))
    Spell.objects.create(timesheet=week, day=timezone.localdate(), starts=time(9), finishes=time(12))
    sign_in(people.student)
    page.set_viewport_size(LAPTOP)
    page.goto(f"{live_server.url}/weeks/{week.pk}/")
    declared = page.get_by_label("These are the hours I really worked")
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("One thing before it goes")).to_be_visible()
    expect(declared).to_be_focused()
    expect(declared).to_be_in_viewport()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hand in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent to Manager Reed", exact=False).first).to_be_visible()
    week.refresh_from_db()
    assert week.status == "handed_in"


def test_everything_works_without_javascript(people, placement, browser, live_server, client):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    client.force_login(people.student)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/weeks/now/")
    page.get_by_role("button", name="Fill in my usual times").click()
    page.get_by_label("These are the hours I really worked").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Sent to Manager Reed", exact=False).first).to_be_visible()
    context.close()
