"""axe on every page of the access table, for everybody on a phone, and once on a laptop in the dark: no findings."""

import sqlite3
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.db import connection
from playwright.sync_api import Error

from tests.browser.conftest import LAPTOP, PHONE
from tests.conftest import signed_in
from tests.house.test_access import OWN, PAGES, path_of

pytestmark = pytest.mark.browser


PHONE_LIGHT, LAPTOP_DARK = (PHONE, "light"), (LAPTOP, "dark")
NAMES = sorted({name for name, _ in PAGES})
PART = 30  # addresses of a test; neighbours are much alike, and tests may run side by side
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told in full, and nothing is fetched once more: half of the time.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False, "iframes": False}

FINDINGS = (Path(__file__).parent / "findings.js").read_text()


@pytest.fixture(scope="module")
def browser(launch_browser, browser_type_launch_args):
    """One that paints nothing: axe reads styles and places, which are there without a picture, in half of the time."""
    with launch_browser(args=[*browser_type_launch_args["args"], "--enable-begin-frame-control"]) as browser:
        yield browser


@pytest.fixture(scope="module")
def context(browser, browser_context_args):
    """One for all of these tests: what one of them has looked at, the next one need not."""
    with browser.new_context(**browser_context_args) as context:
        yield context


@pytest.fixture
def page(context):
    context.clear_cookies()
    with context.new_page() as page:
        yield page


@pytest.fixture(autouse=True)
def _axe_at_an_address(settings):
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE_FILE_PATH.parent]


def look_at(page, view="") -> dict:
    """How the page is shown, and what is `found` on it."""
    return page.evaluate(FINDINGS, [view, OPTIONS])


def findings(page, view="") -> list[str]:
    return look_at(page, view)["found"]


@pytest.fixture
def afresh():
    """Put the database back as it was: what a row of the table made for its page is gone for the next one."""
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:")

    def again():
        kept.backup(connection.connection)

    def keep():
        connection.connection.backup(kept)
        return again

    yield keep
    kept.close()


@pytest.fixture
def become(live_server, people, context):
    """Change to the session of a person, of which each has one: the database that is put back has it, too."""
    name = settings.SESSION_COOKIE_NAME
    keys = {who: signed_in(getattr(people, who)).cookies[name].value for who in OWN}

    def become(who):
        context.add_cookies([{"name": name, "value": keys[who], "url": live_server.url}])

    return become


@pytest.mark.parametrize("start", range(0, len(NAMES), PART))
def test_axe_finds_nothing(start, live_server, people, become, page, afresh):
    """A page as each of its readers on a phone, as the first in the dark on a laptop; what looks alike is seen once."""
    again, wrong = afresh(), {}
    for name in NAMES[start : start + PART]:
        address, views = live_server.url + path_of(name, people), [PHONE_LIGHT, LAPTOP_DARK]
        for who in [who for page_name, who in PAGES if page_name == name]:
            become(who)
            wrong |= problems_of(page, f"{name} {who}", address, views)
            views = [PHONE_LIGHT]  # colours are a page's and not its reader's
        again()
    assert wrong == {}


def problems_of(page, name, address, views) -> dict:
    """What axe finds on a page in each of `views`, the first of which is how `page` looks; {} for what is no page."""
    wrong = {}
    if address.endswith((".pdf", ".csv", ".xlsx", ".ics", ".vcf")):
        return wrong
    try:
        response = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return wrong
        raise
    if not response.ok:
        return {name: [f"answers {response.status}"]}
    if "text/html" not in response.headers["content-type"]:
        return wrong
    for view in views:
        size, scheme = view
        if view != views[0]:
            show(page, view)
        seen = look_at(page, f"{size['width']} {scheme}")
        if seen["found"]:
            wrong[f"{name} {scheme}"] = seen["found"]
        assert (seen["width"], seen["dark"]) == (size["width"], scheme == "dark")
        if seen["reaches"] > seen["width"] + 1:
            wrong[f"{name} {seen['width']}"] = ["the page is wider than the screen"]
    if seen["polls"]:
        page.goto("about:blank")  # nothing of this page asks the server while the next one is prepared
    if view != views[0]:
        show(page, views[0])
    return wrong


def show(page, view):
    """Look at a page in this size and light."""
    size, scheme = view
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/no-such-page/"])
def test_axe_finds_nothing_before_signing_in(path, live_server, people, page):
    page.goto(live_server.url + path)
    assert findings(page) == []


def test_axe_says_what_is_wrong(live_server, people, page):
    page.goto(live_server.url + "/accounts/login/")
    assert findings(page, "wrong") == []
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    assert [found.split(":")[0] for found in findings(page, "wrong")] == ["color-contrast", "html-has-lang", "label"]


def test_a_part_is_looked_at_again_on_another_ground(live_server, people, page):
    page.goto(live_server.url + "/accounts/login/")
    assert findings(page, "ground") == []
    page.evaluate("document.querySelector('main').style.background = '#000'")
    assert {found.split(":")[0] for found in findings(page, "ground")} == {"color-contrast"}


def test_a_part_that_led_somewhere_is_looked_at_again_when_it_leads_nowhere(live_server, people, page):
    page.goto(live_server.url + "/accounts/login/")
    page.evaluate("document.querySelector('#id_password').setAttribute('aria-labelledby', 'main')")
    page.evaluate("document.querySelector('label[for=id_password]').remove()")
    assert findings(page, "leads") == []
    page.evaluate("document.querySelector('#main').id = 'elsewhere'")
    assert [found.split(":")[0] for found in findings(page, "leads")][:1] == ["label"]


def test_another_light_is_another_view(live_server, people, page):
    page.goto(live_server.url + "/accounts/login/")
    assert findings(page, "light") == []
    page.evaluate("document.querySelector('h1').style.color = '#111'")
    assert findings(page, "light") == []
    page.emulate_media(color_scheme="dark")
    assert [found.split(":")[0] for found in findings(page, "dark")] == ["color-contrast"]
