"""axe on every page of the access table, on a phone and on a laptop, light and dark: no findings."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from placements.approvals.models import DecisionLink
from placements.timesheets.models import Absence, Flag, Spell, Timesheet
from tests.browser.conftest import LAPTOP, PHONE
from tests.house.test_access import ROWS, THINGS
from tests.house.test_markup import OURS, PAGES

pytestmark = pytest.mark.browser


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("who", OURS)
def test_axe_finds_nothing(who, live_server, people, sign_in, page):
    sign_in(getattr(people, who))
    wrong = {}
    for name in [name for name, whose in PAGES if whose == who and name != "health"]:
        kwargs = {key: THINGS[thing](people) for key, thing in (p.split("=") for p in ROWS[name][0].split())}
        wrong |= problems_of(page, name, live_server.url + reverse(name, kwargs=kwargs))
        for made in (DecisionLink, Absence, Spell, Flag, Timesheet):  # the next page begins afresh
            made.objects.all().delete()
    assert wrong == {}


def problems_of(page, name, address) -> dict:
    """What axe finds on a page, on a phone in the light and on a laptop in the dark; {} for what is no page."""
    wrong = {}
    if address.endswith((".pdf", ".csv", ".xlsx", ".ics")):
        return wrong
    for size, scheme in ((PHONE, "light"), (LAPTOP, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        response = page.goto(address)
        assert response.ok, name
        if "text/html" not in response.headers["content-type"]:
            continue
        if found := findings(page):
            wrong[f"{name} {scheme}"] = found
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wrong[f"{name} {size['width']}"] = ["the page is wider than the screen"]
    return wrong


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/no-such-page/"])
def test_axe_finds_nothing_before_signing_in(path, live_server, people, page):
    page.goto(live_server.url + path)
    assert findings(page) == []
