"""A worry in a real browser: three presses on a phone, the note that a manager reads, and nothing else for them."""

import pytest
from playwright.sync_api import expect

from placements.concerns.models import Concern
from tests.browser.conftest import LAPTOP
from tests.placements.access_concerns import released_of

pytestmark = pytest.mark.browser
SECRET = "They laugh when I speak"


def test_three_presses_on_a_phone(people, placement, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/home/")
    page.get_by_role("banner").get_by_role("link", name="Something is wrong").click()
    page.get_by_role("link", name="I am treated unfairly by people at work").click()
    expect(page.get_by_role("link", name="999")).to_be_in_viewport()
    page.get_by_label("What is wrong?").fill(SECRET)
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_text("Told. Tutor Reed reads this")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_be_visible()
    concern = Concern.objects.get()
    assert (concern.visibility, concern.kind.code, concern.placement) == ("tutor", "treated_unfairly", placement)


def test_the_way_in_is_in_the_menu_and_at_the_foot_too(people, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/weeks/")
    page.get_by_role("navigation", name="Main, on a phone").get_by_text("More").click()
    expect(page.locator(".tabbar").get_by_role("link", name="Something is wrong")).to_be_visible()
    page.reload()
    page.get_by_role("contentinfo").get_by_role("link", name="Something is wrong? Say so here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Something is wrong")


def test_a_mistake_loses_nothing_typed(people, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/concerns/new/")
    page.get_by_role("link", name="Getting there and back").click()
    page.get_by_label("What is wrong?").fill("No bus")
    page.get_by_label("Ring me").check()
    page.get_by_role("button", name="Tell it").click()
    page.get_by_role("alert").get_by_role("link", name="Give the number that we should ring.").click()
    page.keyboard.type("07700 900123")
    expect(page.get_by_label("What is wrong?")).to_have_value("No bus")
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_text("Told. Tutor Reed reads this")).to_be_visible()


def test_the_tutor_answers_and_the_student_finds_it_at_home(people, placement, sign_in, live_server, page):
    sign_in(people.student)
    page.goto(f"{live_server.url}/concerns/new/")
    page.get_by_role("link", name="Something else").click()
    page.get_by_label("What is wrong?").fill(SECRET)
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_text("Told. Tutor Reed reads this")).to_be_visible()
    sign_in(people.tutor)
    page.set_viewport_size(LAPTOP)
    page.goto(f"{live_server.url}/")
    needs = page.locator(".needs li").first
    expect(needs).to_contain_text("Something else")
    needs.get_by_role("link", name="Answer").click()
    page.get_by_label("Your answer").fill("Come and see me at two")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Come and see me at two")).to_be_visible()
    sign_in(people.student)
    page.goto(f"{live_server.url}/home/")
    page.get_by_role("link", name="There is an answer for you").click()
    expect(page.get_by_text("Come and see me at two")).to_be_visible()
    expect(page.get_by_text("Tutor Reed, ").first).to_be_visible()


def test_the_manager_finds_the_note_and_nothing_else(people, placement, sign_in, live_server, page):
    released_of(people)
    sign_in(people.manager)
    page.set_viewport_size(LAPTOP)
    for path in ("/", f"/placements/{placement.pk}/"):
        page.goto(live_server.url + path)
        for words in ("The early bus", "Something is wrong", "Getting there", "orry"):
            expect(page.get_by_text(words)).to_have_count(0)
    page.get_by_role("link", name="A note from the college").click()
    expect(page.get_by_text("Maya starts at ten on Fridays")).to_be_visible()
    expect(page.get_by_text("The early bus")).to_have_count(0)
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("You have read this")).to_be_visible()
    for path in ("/concerns/", f"/concerns/{Concern.objects.get().pk}/"):
        assert page.goto(live_server.url + path).status in (403, 404)
