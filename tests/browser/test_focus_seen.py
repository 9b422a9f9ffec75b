"""Whatever the keyboard comes to can be seen: it stands clear of the bars that stay at the bottom."""

import pytest

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser
COVERED = """() => {
    const at = document.activeElement;
    const bars = [".sticky-actions", ".tabbar"].map((name) => document.querySelector(name));
    if (at === document.body) return null;
    if (bars.some((bar) => bar && bar.contains(at))) return "";
    const { top, bottom } = at.getBoundingClientRect();
    const rects = bars.filter((bar) => bar && bar.checkVisibility()).map((bar) => bar.getBoundingClientRect());
    const covered = rects.some((rect) => top < rect.bottom - 1 && bottom > rect.top + 1);
    return covered || top < -1 || bottom > innerHeight + 1 ? `${at.tagName} ${at.id || at.name || at.textContent}` : "";
}"""


def covered_on_the_way(page, key: str) -> list[str]:
    """What the bars cover, wholly or in part, when it gets the focus on the way through the whole page."""
    found = []
    for _ in range(150):
        page.keyboard.press(key)
        covered = page.evaluate(COVERED)
        if covered is None:
            return found
        found += [covered] if covered else []
    raise AssertionError("The page never ends")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_of_a_week_that_has_the_focus_is_covered(people, placement, sign_in, live_server, page, size):
    page.set_viewport_size(size)
    sign_in(people.student)
    page.goto(f"{live_server.url}/weeks/now/")
    page.evaluate("document.querySelectorAll('details.day').forEach((day) => { day.open = true; })")
    assert covered_on_the_way(page, "Tab") == []
    assert covered_on_the_way(page, "Shift+Tab") == []
