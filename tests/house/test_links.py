"""From everybody's home on: every link on every page leads somewhere that this person may open."""

import re
from html import unescape

import pytest

from placements.models import Placement
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory

pytestmark = pytest.mark.system
LINK = re.compile(r"""<a\s[^>]*href=["']([^"'#]+)""")
PAGES_AT_MOST = 150


@pytest.mark.parametrize("who", ["student", "manager", "tutor", "coordinator"])
@pytest.mark.django_db
def test_no_link_is_dead(who, cast, time_machine):
    time_machine.move_to("2026-03-18 12:00")
    Placement.objects.filter(pk=cast.placement.pk).update(last_on="2026-04-03")  # few weeks, and their end in sight
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday="2026-03-09"))
    handed_in = TimesheetFactory(placement=cast.placement)
    SpellFactory(timesheet=handed_in)
    handed_in.hand_in(by=cast.student)
    client = signed_in(getattr(cast, who))
    to_open, opened, dead = ["/"], {"/"}, {}
    while to_open and len(opened) < PAGES_AT_MOST:
        path = to_open.pop(0)
        response = client.get(path, follow=True)
        if response.streaming:
            response.getvalue()  # to its end, which closes the file
        if response.status_code != 200:
            dead[path] = response.status_code
            continue
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in LINK.findall(response.content.decode()):
            link = unescape(link)
            if link.startswith("?"):
                link = path.split("?")[0] + link
            if link.startswith("/") and link not in opened and not link.startswith(("/static/", "/accounts/")):
                opened.add(link)
                to_open.append(link)
    assert dead == {}
    assert len(opened) > 4
