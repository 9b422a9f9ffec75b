"""The narrowest phones: nothing is cut off, no word lies over its neighbour, no time breaks in two."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.timesheets.models import Spell, Timesheet, monday_of
from students.selfassessment.models import SelfAssessment

pytestmark = pytest.mark.browser

# What lies outside the page, or holds more than it is wide.
CUT_OFF = """() => [...document.querySelectorAll(".masthead-link, .choice, .glance li, .glance strong")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth || one.scrollWidth > one.clientWidth)
  .map((one) => one.textContent.trim())"""
BROKEN_TIMES = """() => [...document.querySelectorAll(".glance strong")]
  .filter((one) => one.getBoundingClientRect().height > 30).map((one) => one.textContent)"""


@pytest.fixture
def pages(people, placement):
    """The student's pages that have much beside each other."""
    today = timezone.localdate()
    week = Timesheet.objects.create(placement=placement, monday=monday_of(today))
    Spell.objects.create(timesheet=week, day=today, starts=time(7), finishes=time(19, 30), break_minutes=60)
    begun = SelfAssessment.objects.create(student=people.student_record)
    people.provider.name = "Northfield and Westbridge College of Further Education"
    people.provider.save()
    return [reverse("student_home"), reverse("selfassessment_edit", args=[begun.pk, 1]), reverse("concern_new")]


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_cut_off_and_no_time_breaks(pages, people, sign_in, live_server, page, width):
    page.set_viewport_size({"width": width, "height": 640})
    sign_in(people.student)
    for path in pages:
        assert page.goto(live_server.url + path).status == 200
        found = [page.evaluate(look) for look in ("document.documentElement.scrollWidth", CUT_OFF, BROKEN_TIMES)]
        assert (path, found) == (path, [width, [], []])


def test_with_large_text_a_phone_still_scrolls_one_way_only(pages, people, sign_in, live_server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    own, staffs = [*pages, reverse("hours_receipt_own"), reverse("week_current")], [reverse("tutor_home")]
    for user, paths in ((people.student, own), (people.tutor, staffs)):
        sign_in(user)
        for path in paths:
            assert page.goto(live_server.url + path).status == 200
            assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
            assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 390)
