"""The logbook on a phone, in a real browser: an entry with a photo in under a minute, saved while it is written."""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from placements.logbook.models import Entry
from tests.placements.logbooks import a_goal, draft, jpeg

pytestmark = pytest.mark.browser
PHOTO = {"name": "rack.jpg", "mimeType": "image/jpeg", "buffer": jpeg((2000, 1500))}
TEXT = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}


@pytest.fixture
def placement(placement):
    """The same, with a goal."""
    a_goal(placement, "Explain a fault")
    return placement


@pytest.fixture
def writing(people, placement, sign_in, live_server, page):
    """A page for a new entry."""
    sign_in(people.student)
    page.goto(f"{live_server.url}/logbook/new/")
    return page


def test_an_entry_with_a_photo_takes_less_than_a_minute(people, placement, type_in, page):
    type_in(people.student)
    page.get_by_label("What did you do today?").fill("Labelled the rack")
    page.get_by_role("button", name="Log today").click()
    began = time.monotonic()
    page.get_by_role("link", name="Write it into my logbook").click()
    expect(page.get_by_label("What I did")).to_have_value("Labelled the rack")
    page.get_by_label("What I learned").press_sequentially("Labels save time later", delay=30)
    page.get_by_label("Photos or files").set_input_files(PHOTO)
    page.get_by_label("Explain a fault").check()
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("Shared. Your tutor and your manager can read it.")).to_be_visible()
    assert time.monotonic() - began < 60
    entry = Entry.objects.get()
    assert (entry.status, entry.files.count(), entry.goals.count()) == ("published", 1, 1)
    assert entry.spell_starts is not None
    picture = page.get_by_role("img", name="rack.jpg")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1600)


def test_a_draft_saves_itself_and_asks_about_names(writing):
    writing.get_by_label("What I did").fill("Helped Mrs Patel")
    expect(writing.locator("[data-saved]")).to_contain_text("Saved at")
    expect(writing.get_by_text("Mrs Patel: is that a customer")).to_be_visible()
    writing.route("**/logbook/**", lambda route: route.fulfill(response=route.fetch(), status=422), times=1)
    with writing.expect_response("**/logbook/**"):  # some of it is wrong, and the rest is stored
        writing.get_by_label("What I learned").fill("Manners")
    entry = Entry.objects.get()
    assert (entry.status, entry.did) == ("draft", "Helped Mrs Patel")
    assert writing.url.endswith(f"/logbook/{entry.pk}/edit/")
    writing.get_by_label("What I did").fill("Helped a customer")
    expect(writing.get_by_text("Mrs Patel: is that a customer")).to_be_hidden()
    writing.get_by_role("button", name="Keep as draft").click()
    expect(writing.get_by_text("Kept as a draft. Only you see it.")).to_be_visible()
    assert Entry.objects.get().did == "Helped a customer"


def test_a_refused_photo_keeps_the_words_and_the_good_photo(writing):
    writing.get_by_label("What I did").fill("Labelled the rack")
    writing.get_by_label("Photos or files").set_input_files([PHOTO, TEXT])
    writing.get_by_role("button", name="Share it").click()
    expect(writing.get_by_role("alert")).to_be_focused()
    expect(writing.get_by_role("alert")).to_contain_text("notes.jpg")
    expect(writing.get_by_label("What I did")).to_have_value("Labelled the rack")
    writing.get_by_role("button", name="Take away rack.jpg").click()
    expect(writing.get_by_text("rack.jpg is gone.")).to_be_visible()
    assert Entry.objects.get().files.count() == 0


def test_everything_works_without_javascript(people, placement, browser, live_server, client):
    entry = draft(people, day=timezone.localdate())
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    client.force_login(people.student)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/logbook/{entry.pk}/edit/")
    page.get_by_label("Just for me").fill("Proud of it")
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_text("Proud of it")).to_be_visible()
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("Shared on").first).to_be_visible()
    page.get_by_text("Take back or remove").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("It is back, as a draft.")).to_be_visible()
    context.close()
