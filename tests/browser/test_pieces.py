"""What only a browser can show of the shared pieces: focus, menus without JavaScript, a form that is sent once."""

import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def test_the_error_summary_is_read_first_and_leads_to_the_field(live_server, people, page):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.get_by_role("alert")
    assert summary.evaluate("it => it === document.activeElement")
    assert page.title().startswith("To put right: Sign in")
    summary.get_by_role("link", name="Password: Enter your password.").click()
    page.keyboard.type("typed")
    assert page.get_by_label("Password").input_value() == "typed"


def test_a_menu_closes_by_escape_and_keeps_the_focus(live_server, people, sign_in, page):
    sign_in(people.tutor)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/accounts/password/change/")
    menu = page.locator(".menu-phone")
    menu.locator("summary").click()
    assert menu.get_by_role("link", name="My students").is_visible()
    menu.get_by_role("link", name="My students").focus()
    page.keyboard.press("Escape")
    assert not menu.get_by_role("link", name="My students").is_visible()
    assert menu.locator("summary").evaluate("it => it === document.activeElement")


def test_a_student_signs_out_on_a_phone_without_javascript(live_server, people, client, browser):
    client.force_login(people.student)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/password/change/")
    page.locator(".menu-more summary").click()
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    assert page.get_by_text("You are signed out. See you soon.").is_visible()
    context.close()


def test_a_form_pressed_twice_is_sent_once(live_server, people, page):
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.goto(f"{live_server.url}/accounts/login/code/")
    page.get_by_label("E-mail address").fill("nobody@nowhere.test")
    page.locator("main form").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    page.get_by_role("heading", name="Look at your mail").wait_for()
    assert len(sent) == 1
