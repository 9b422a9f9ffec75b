"""axe on every page of the access table, for everybody on a phone, and once on a laptop in the dark: no findings."""

import sqlite3

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.db import connection
from playwright.sync_api import Error

from tests.browser.conftest import LAPTOP, PHONE
from tests.house.test_access import PAGES, path_of

pytestmark = pytest.mark.browser


PHONE_LIGHT, LAPTOP_DARK = (PHONE, "light"), (LAPTOP, "dark")
NAMES = sorted({name for name, _ in PAGES if name != "health"})
PARTS = 12  # tests that may run side by side
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told in full, and nothing is fetched once more: half of the time.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False, "iframes": False}


# axe comes from the portal's own address, as the policy wants it: the browser keeps it compiled from page to page.
FINDINGS = """async (options) => {
  if (!window.axe) {
    const script = document.createElement("script");
    script.src = "/static/axe.min.js";
    await new Promise((done, failed) => {
      Object.assign(script, { onload: done, onerror: failed });
      document.head.append(script);
    });
    script.remove();
  }
  const { violations } = await window.axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}"""


@pytest.fixture(autouse=True)
def _axe_at_an_address(settings):
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE_FILE_PATH.parent]


def findings(page) -> list[str]:
    return page.evaluate(FINDINGS, OPTIONS)


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


# What a page is made of, as far as axe can tell: elements, classes, roles, names, and where words stand. Lists that
# differ in length only are the same, so rows that repeat are told once.
SHAPE = """() => {
  const shape = (element) => {
    const names = [...element.attributes].filter((a) => !["id", "for", "href", "value", "d"].includes(a.name));
    const parts = [...element.children].map(shape).filter((part, n, all) => part !== all[n - 1]);
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return `<${element.localName} ${names.map((a) => `${a.name}=${a.value}`).join(" ")}>${words}${parts.join("")}`;
  };
  return shape(document.documentElement);
}"""


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing(part, live_server, people, sign_in, page, afresh):
    """A page as each of its readers on a phone, as the first in the dark on a laptop; what looks alike is seen once."""
    again, seen, wrong = afresh(), set(), {}
    for name in NAMES[part::PARTS]:
        views = [PHONE_LIGHT, LAPTOP_DARK]
        for who in [who for page_name, who in PAGES if page_name == name]:
            sign_in(getattr(people, who))
            wrong |= problems_of(page, f"{name} {who}", live_server.url + path_of(name, people), views, seen)
            views = [PHONE_LIGHT]  # colours are a page's and not its reader's
            page.goto("about:blank")  # nothing of this page asks the server while the next one is prepared
            again()
    assert wrong == {}


def problems_of(page, name, address, views, seen: set) -> dict:
    """What axe finds on a page in each of `views`; {} for what is no page or made of what was `seen` already."""
    wrong = {}
    if address.endswith((".pdf", ".csv", ".xlsx", ".ics", ".vcf")):
        return wrong
    show(page, *views[0])
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
    for size, scheme in views:
        show(page, size, scheme)
        shape = (scheme, page.evaluate(SHAPE))
        if shape not in seen and (found := findings(page)):
            wrong[f"{name} {scheme}"] = found
        seen.add(shape)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wrong[f"{name} {size['width']}"] = ["the page is wider than the screen"]
    return wrong


def show(page, size, scheme):
    """Look at a page in this size and light, without a colour that is still on its way."""
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/no-such-page/"])
def test_axe_finds_nothing_before_signing_in(path, live_server, people, page):
    page.goto(live_server.url + path)
    assert findings(page) == []


def test_axe_says_what_is_wrong(live_server, people, page):
    page.goto(live_server.url + "/accounts/login/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    assert [found.split(":")[0] for found in findings(page)] == ["color-contrast", "html-has-lang", "label"]
