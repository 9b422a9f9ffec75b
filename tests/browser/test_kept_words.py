"""What was sent and did not get through: offered back to the same person, to nobody else, not for long."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from employers.conversations.models import Conversation
from placements.concerns.models import Concern, ConcernKind
from placements.timesheets.models import Timesheet
from students.support.models import Need
from tests.browser.conftest import PASSWORD
from tests.employers.access_checks import check_of
from tests.employers.access_conversations import conversation_of
from tests.placements.access_concerns import concern_of
from tests.ready import agree_on_goals
from tests.reviews.meetings_ready import agreed_meeting

pytestmark = pytest.mark.browser
SECRET = "They laugh when I speak"
SHELF = "sessionStorage.getItem('kept-words')"
OFFERED = "Not sent, it seems"


def log_in(page, user):
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def typed(people, sign_in, live_server, page):
    """A worry, sent after the session had ended: the sign-in page is the answer."""
    sign_in(people.student)
    page.goto(f"{live_server.url}/concerns/new/{ConcernKind.objects.get(code='transport').pk}/")
    page.get_by_label("What is wrong?").fill(SECRET)
    page.get_by_label("Ring me").check()
    page.get_by_label("Number, and when it suits you").fill("01632 960123")
    assert page.evaluate(SHELF) is None  # nothing is kept while one types
    Session.objects.all().delete()
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    return page


@pytest.fixture
def typed_day(people, placement, sign_in, live_server, page):
    """The home, with a line about today that is not sent yet."""
    sign_in(people.student)
    page.goto(f"{live_server.url}/home/")
    page.get_by_label("What did you do today?").fill("Sorted returns")
    return page


def test_the_words_are_offered_back_put_back_and_sent(typed, people):
    log_in(typed, people.student)
    expect(typed.get_by_text(OFFERED)).to_contain_text(f"{OFFERED}: {SECRET}, {timezone.localtime():%A} ")
    expect(typed.get_by_label("What is wrong?")).to_have_value("")
    typed.get_by_role("button", name="Put it back").click()
    expect(typed.get_by_label("What is wrong?")).to_be_focused()
    expect(typed.get_by_label("What is wrong?")).to_have_value(SECRET)
    expect(typed.get_by_label("Ring me")).to_be_checked()
    expect(typed.get_by_text(OFFERED)).to_be_hidden()
    assert typed.evaluate(SHELF) is None
    typed.get_by_role("button", name="Tell it").click()
    expect(typed.get_by_text("Told. Tutor Reed reads this")).to_be_visible()
    assert typed.evaluate(SHELF) is None
    assert Concern.objects.get().reach == "01632 960123"


def test_they_never_go_over_newer_words_and_can_be_copied_until_they_are_thrown_away(typed, people):
    log_in(typed, people.student)
    typed.get_by_label("What is wrong?").fill("Newer words")
    typed.get_by_role("button", name="Put it back").click()
    expect(typed.get_by_label("What is wrong?")).to_have_value("Newer words")
    expect(typed.get_by_label("Ring me")).to_be_checked()  # what is free takes its own
    typed.reload()
    older = typed.get_by_role("definition")
    expect(older).to_have_text(SECRET)
    expect(typed.get_by_role("button", name="Put it back")).to_be_hidden()
    typed.get_by_role("button", name="Throw it away").click()
    expect(older).to_be_hidden()
    assert typed.evaluate(SHELF) is None
    typed.reload()
    expect(typed.get_by_text(OFFERED)).to_be_hidden()


def test_after_a_day_they_are_gone(typed, people):
    typed.evaluate(
        "const shelf = JSON.parse(sessionStorage.getItem('kept-words'));"
        "shelf.kept[0].press -= 24 * 60 * 60 * 1000;"
        "sessionStorage.setItem('kept-words', JSON.stringify(shelf))"
    )
    log_in(typed, people.student)
    expect(typed.get_by_label("What is wrong?")).to_have_value("")
    assert typed.evaluate(SHELF) is None


def test_anybody_else_who_signs_in_ends_them(typed, people, live_server):
    log_in(typed, people.student2)
    typed.wait_for_load_state()
    assert typed.evaluate(SHELF) is None
    expect(typed.get_by_text(OFFERED)).to_be_hidden()


def test_signing_out_ends_them_in_every_tab(typed, people, live_server, context):
    log_in(typed, people.student)
    expect(typed.get_by_role("button", name="Put it back")).to_be_visible()
    typed.goto(f"{live_server.url}/home/")
    assert SECRET in typed.evaluate(SHELF)  # a look elsewhere does no harm
    other = context.new_page()
    other.goto(f"{live_server.url}/static/js/shelf.js")
    kept = typed.evaluate(SHELF)
    other.evaluate("kept => sessionStorage.setItem('kept-words', kept)", kept)
    other.goto(f"{live_server.url}/home/")
    assert SECRET in other.evaluate(SHELF)
    typed.get_by_role("navigation", name="Main, on a phone").get_by_text("More").click()
    typed.locator(".tabbar").get_by_role("button", name="Sign out").click()
    expect(typed.get_by_label("Password")).to_be_visible()
    expect(other.get_by_label("Password")).to_be_visible()  # and shows nothing private any more
    assert (typed.evaluate(SHELF), other.evaluate(SHELF)) == (None, None)
    other.evaluate("kept => sessionStorage.setItem('kept-words', kept)", kept)  # of a tab that could not hear of it
    other.reload()
    assert other.evaluate(SHELF) is None


def test_after_half_an_hour_they_are_gone_from_the_sign_in_page(typed, people):
    typed.evaluate(
        "const kept = JSON.parse(sessionStorage.getItem('kept-words'));"
        "sessionStorage.setItem('kept-words', JSON.stringify({...kept, at: kept.at - 31 * 60 * 1000}))"
    )
    typed.reload()
    assert typed.evaluate(SHELF) is None
    log_in(typed, people.student)
    expect(typed.get_by_label("What is wrong?")).to_have_value("")


def test_what_ends_in_the_browser_s_page_of_errors_is_offered_until_it_arrives(typed_day, people, live_server):
    """The browser believes that there is a signal, and nothing answers: a lift, a basement, a train."""
    page = typed_day
    page.route("**/home/", lambda route: route.abort("timedout"))
    page.get_by_role("button", name="Log today").click()
    expect(page).not_to_have_url(f"{live_server.url}/home/")
    page.unroute("**/home/")
    page.goto(f"{live_server.url}/concerns/new/{ConcernKind.objects.get(code='transport').pk}/")
    page.get_by_label("What is wrong?").fill(SECRET)
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_text("Told. Tutor Reed reads this")).to_be_visible()
    assert SECRET not in page.evaluate(SHELF)  # another form arrived, this one did not
    page.goto(f"{live_server.url}/home/")
    expect(page.get_by_text(OFFERED)).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What did you do today?")).to_have_value("Sorted returns")
    page.get_by_role("button", name="Log today").click()
    expect(page.get_by_text("Take it out again")).to_be_visible()
    expect(page.get_by_text(OFFERED)).to_be_hidden()
    assert page.evaluate(SHELF) is None


def test_what_a_press_without_a_signal_held_back_is_offered_after_a_look_elsewhere(typed_day, live_server, context):
    page = typed_day
    context.set_offline(True)
    told = page.get_by_role("alert")
    page.get_by_role("navigation", name="Main, on a phone").get_by_text("More").click()
    page.locator(".tabbar").get_by_role("button", name="Sign out").click()
    still = "No signal. You are still signed in: close the browser, or press again when you are back."
    expect(told).to_have_text(still)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Log today").click()
    expect(told).to_have_text("No signal. What you wrote is still here: press again when you are back.")
    context.set_offline(False)
    expect(told).to_have_text("The signal is back: press again to send it.")
    page.goto(f"{live_server.url}/hours/")
    kept = page.evaluate(SHELF)
    of_another_day = kept.replace('"which":"', '"which":"2026-03-02')
    page.evaluate("kept => sessionStorage.setItem('kept-words', kept)", of_another_day)
    page.goto(f"{live_server.url}/home/")
    expect(page.get_by_text("It was about another day or another placement")).to_be_visible()
    expect(page.get_by_role("definition").first).to_have_text("Sorted returns")
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()
    page.evaluate("kept => sessionStorage.setItem('kept-words', kept)", kept)
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What did you do today?")).to_have_value("Sorted returns")


def test_what_arrives_or_comes_back_whole_with_a_mistake_is_not_kept(people, sign_in, live_server, page):
    def cut(route):  # on the way
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text()[:3000])

    sign_in(people.student)
    page.goto(f"{live_server.url}/support/add/")
    page.get_by_label("In your own words").fill(SECRET)
    page.route("**/support/add/", cut, times=1)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    page.goto(f"{live_server.url}/support/add/")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.evaluate(SHELF) is None
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("Kept. Only you can read it.")).to_be_visible()
    assert page.evaluate(SHELF) is None
    assert Need.objects.get().words == SECRET


def test_an_empty_form_that_comes_back_offers_nothing(people, sign_in, live_server, page):
    sign_in(people.student)
    pages = {"/support/add/": "Keep it for me", f"/placements/{people.placement.pk}/adjustments/": "Go on"}
    for path, button in pages.items():
        page.goto(f"{live_server.url}{path}")
        page.locator("textarea").first.fill("   ")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_text(OFFERED)).to_be_hidden()
        assert page.evaluate(SHELF) is None


def test_an_answer_is_led_back_to_its_conversation(people, sign_in, live_server, page):
    concern = concern_of(people)
    sign_in(people.student)
    page.goto(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_label("Write more").fill(SECRET)
    Session.objects.all().delete()
    page.get_by_role("button", name="Send", exact=True).click()
    log_in(page, people.student)
    expect(page).to_have_url(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_after_an_error_page_at_its_own_address_an_answer_is_led_back_to_its_conversation(
    people, sign_in, live_server, page
):
    concern = concern_of(people)
    sign_in(people.student)
    page.goto(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/concerns/{concern.pk}/write/")
    page.get_by_label("Write more").fill(SECRET)
    sent_too_late(page, people.student, "Send", exact=True)
    expect(page).to_have_url(f"{live_server.url}/concerns/{concern.pk}/")
    expect(page.get_by_label("Write more")).to_have_value(SECRET)


def test_an_answer_that_arrived_is_not_offered_back(people, sign_in, live_server, page):
    concern = concern_of(people)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_label("Your answer").fill("I ring you at four.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Sent.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()
    assert page.evaluate(SHELF) is None


def test_adjustments_that_were_saved_are_not_offered_back(people, sign_in, live_server, page):
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/placements/{people.placement.pk}/adjustments/")
    page.locator("textarea").first.fill("A quiet place at noon")
    page.get_by_role("button", name="Save, and ask Student").click()
    expect(page.get_by_text("Saved. The student is asked to release it")).to_be_visible()
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()
    assert page.evaluate(SHELF) is None


def sent_too_late(page, user, button, **how):
    """Send the form after the session has ended, sign in again and put back what was typed."""
    Session.objects.all().delete()
    page.get_by_role("button", name=button, **how).click()
    expect(page.get_by_role("link", name="Sign in").or_(page.get_by_label("Password"))).to_be_visible()
    if page.get_by_role("link", name="Sign in").is_visible():  # the page that shows the words without JavaScript, too
        page.get_by_role("link", name="Sign in").click()
    log_in(page, user)
    page.get_by_role("button", name="Put it back").click()


def test_the_reason_for_a_cancelled_meeting_is_kept(people, sign_in, live_server, page):
    meeting = agreed_meeting(people)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/cancel/")
    page.get_by_label("Reason").fill("The line is down")
    sent_too_late(page, people.tutor, "Cancel the meeting")
    expect(page.get_by_label("Reason")).to_have_value("The line is down")
    page.get_by_role("button", name="Cancel the meeting").click()
    expect(page.get_by_text("The line is down").first).to_be_visible()
    assert page.evaluate(SHELF) is None


def test_a_long_form_from_paper_is_kept_whole_also_what_is_folded(people, placement, sign_in, live_server, page):
    agree_on_goals(placement, by=people.tutor)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/placements/{placement.pk}/review-forms/midway/paper/")
    page.locator("[name=behaviour-calm][value='3']").check(force=True)
    page.locator("details.more summary").first.click()
    page.get_by_label("What shows it").first.fill("She asks first")
    page.locator("[name=question-strengths]").fill("Calm with callers")
    page.get_by_label("Signed by").fill("Jo Marsh")
    sent_too_late(page, people.tutor, "Record the form")
    expect(page.locator("[name=behaviour-calm][value='3']")).to_be_checked()
    expect(page.get_by_label("What shows it").first).to_have_value("She asks first")
    expect(page.get_by_label("What shows it").first).to_be_visible()
    expect(page.locator("[name=question-strengths]")).to_have_value("Calm with callers")
    expect(page.get_by_label("Signed by")).to_have_value("Jo Marsh")


def test_notes_of_a_meeting_come_back_each_into_its_own_row(people, sign_in, live_server, page):
    meeting = agreed_meeting(people, days=-1)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/notes/")
    what = page.locator("[name^=what-]")
    what.nth(0).fill("Ask for the rota")
    what.nth(1).fill("Ring the nursery")
    sent_too_late(page, people.tutor, "Close the notes")
    expect(what.nth(0)).to_have_value("Ask for the rota")
    expect(what.nth(1)).to_have_value("Ring the nursery")
    page.locator("[name=next_on]").fill("2020-05-01")
    expect(page.locator("[data-saved]")).to_have_text("This day is past.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_text(OFFERED)).to_be_hidden()  # it came back in the form
    assert page.evaluate(SHELF) is None


def test_words_of_a_week_are_left_to_its_draft_but_for_what_it_could_not_save(
    people, placement, sign_in, live_server, page
):
    sign_in(people.student)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    page.goto(f"{live_server.url}/placements/{placement.pk}/weeks/{monday}/")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Save draft").click()
    assert page.evaluate(SHELF) is None
    page.evaluate("void (window.fetch = () => Promise.reject())")
    words = page.locator("[name=d0-0-activity]")
    words.fill("Sorted returns")
    page.goto(f"{live_server.url}/home/")
    Timesheet.objects.create(placement=placement, monday=monday)  # as when a day was logged meanwhile
    page.goto(f"{live_server.url}/placements/{placement.pk}/weeks/{monday}/")
    expect(words).to_have_value("")
    expect(page.get_by_text(OFFERED)).to_contain_text("Sorted returns")
    page.get_by_role("button", name="Put it back").click()
    expect(words).to_have_value("Sorted returns")
    page.goto(f"{live_server.url}/home/")
    page.goto(f"{live_server.url}/placements/{placement.pk}/weeks/{monday}/")
    expect(words).to_have_value("Sorted returns")
    expect(page.get_by_text(OFFERED)).to_be_hidden()
    assert page.evaluate(SHELF) is None
    words.fill("Sorted returns, twice")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(page.locator("[data-saved]")).to_contain_text("Kept at")
    assert page.evaluate(SHELF) is None
    words.fill(SECRET)
    with page.expect_navigation():
        page.evaluate("new BroadcastChannel('kept-words').postMessage('signed out')")
    assert SECRET not in (page.evaluate(SHELF) or "")


def test_words_from_a_page_that_was_open_for_too_long_are_kept(people, sign_in, live_server, page):
    concern = concern_of(people)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_label("Your answer").fill("I ring you at four.")
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => (one.value = 'x'.repeat(64)))"
    )
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was open for too long")
    page.goto(f"{live_server.url}/concerns/{concern.pk}/")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Your answer")).to_have_value("I ring you at four.")


def test_what_a_colleague_changed_meanwhile_stays_and_the_rest_goes_back(people, sign_in, live_server, page):
    conversation = conversation_of(people)
    rows = Conversation.objects.filter(pk=conversation.pk)
    sign_in(people.tutor)
    page.goto(f"{live_server.url}{reverse('conversation_edit', args=[conversation.pk])}")
    page.get_by_label("What about").fill("They move in June")
    page.get_by_label("Next step").fill("Ring them")
    rows.update(about="They move in May")
    sent_too_late(page, people.tutor, "Save")
    expect(page.get_by_label("Next step")).to_have_value("Ring them")
    expect(page.get_by_label("What about")).to_have_value("They move in May")
    expect(page.get_by_text(OFFERED)).to_contain_text("They move in June")  # not what stood there before
    expect(page.get_by_role("definition")).to_have_text("They move in June")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The conversation has been saved.")).to_be_visible()
    assert (rows.get().about, rows.get().next_step) == ("They move in May", "Ring them")


def test_times_that_a_script_added_to_a_paper_week_come_back(people, placement, sign_in, live_server, page):
    sign_in(people.tutor)
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    page.goto(f"{live_server.url}/placements/{placement.pk}/paper-weeks/{monday}/")
    day = page.locator("#day-0")
    day.get_by_role("button", name="Another time").click()
    day.locator("[name=d0-1-activity]").fill("Sorted returns")
    day.locator("[name=d0-1-starts]").fill("13:00")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate(SHELF) is None  # nothing was pressed
    sent_too_late(page, people.tutor, "Record the week")
    expect(day.locator("[name=d0-1-activity]")).to_have_value("Sorted returns")
    expect(day.locator("[name=d0-1-starts]")).to_have_value("13:00")
    expect(page.get_by_text(OFFERED)).to_be_hidden()


def test_a_file_is_asked_for_again_by_its_name(people, sign_in, live_server, page):
    check = check_of(people)
    sign_in(people.coordinator)
    page.goto(f"{live_server.url}/checks/{check.pk}/edit/")
    page.get_by_label("Note").fill("The new policy")
    paper = page.locator("[type=file]")
    paper.set_input_files({"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    sent_too_late(page, people.coordinator, "Save")
    expect(page.get_by_text("Choose certificate.pdf again: files cannot be kept.")).to_be_visible()
    expect(paper).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("The new policy")


def test_nothing_is_kept_where_cookies_do_not_stay(people, sign_in, live_server, page, context):
    page.add_init_script(
        "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}});"
        "window.BroadcastChannel = class { constructor() { throw new Error('refused'); } };"
    )
    sign_in(people.student)
    page.goto(f"{live_server.url}/support/add/")
    page.get_by_label("In your own words").fill(SECRET)
    context.set_offline(True)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("alert")).to_contain_text("No signal.")
    context.set_offline(False)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.evaluate(SHELF) is None
