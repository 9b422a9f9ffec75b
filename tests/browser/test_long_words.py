"""A word or an address that is longer than a phone is wide breaks; no page of people's own words scrolls sideways."""

from datetime import date, time

import pytest
from django.utils import timezone

from placements.setup.adjustments import release, write_adjustment
from placements.timesheets.models import Spell, Timesheet, monday_of
from students.actions.models import Action
from tests.browser.conftest import PHONE
from tests.placements.access_concerns import concern_of
from tests.students.access_support import need_of
from tests.students.interview_scenes import question_of, thought_of
from tests.students.paper_scenes import version_of

pytestmark = pytest.mark.browser
LONG = "w" * 200
ADDRESS = f"https://example.org/{'a' * 180}"


@pytest.fixture
def week(placement):
    """A week whose day is told in one long word, and so is the message to the manager."""
    today = timezone.localdate()
    week = Timesheet.objects.create(placement=placement, monday=monday_of(today), message="w" * 300)
    Spell.objects.create(timesheet=week, day=today, starts=time(9), finishes=time(12), activity="w" * 500)
    return week


@pytest.fixture
def written(people, week):
    """Everything that a student may write, in one long word. Returns the addresses of the pages, by who reads them."""
    student = people.student_record
    action = Action.objects.create(student=student, improve=LONG, how=ADDRESS, due_on=date(2027, 5, 1))
    need = need_of(people, words=LONG, helps=ADDRESS, state="office")
    release(write_adjustment(people.placement, LONG, by=people.student), by=people.student)
    student.contacts.create(name=LONG[:120], notes=ADDRESS)
    thought_of(student, words=LONG)
    question_of(student, words=LONG)
    version = version_of(student, "asked")
    type(version).objects.filter(pk=version.pk).update(note=LONG)
    concern = concern_of(people, LONG)
    return {
        "student": [
            "/actions/", f"/actions/{action.pk}/", "/support/", f"/support/{need.pk}/", "/contacts/", "/interviews/",
            "/interviews/worksheet/", "/interviews/questions/", "/interviews/pack/", f"/papers/{version.paper_id}/",
            f"/concerns/{concern.pk}/", f"/placements/{people.placement.pk}/adjustments/", "/home/",
            f"/weeks/{week.pk}/",
        ],
        "tutor": [
            "/concerns/", f"/concerns/{concern.pk}/", f"/students/{student.pk}/support/", f"/students/{student.pk}/",
        ],
        "manager": [f"/placements/{people.placement.pk}/adjustments/"],
    }  # fmt: skip


def test_one_long_word_makes_no_page_scroll_sideways(written, people, sign_in, live_server, page):
    page.set_viewport_size(PHONE)
    wide = []
    for who, paths in written.items():
        sign_in(getattr(people, who))
        for path in paths:
            response = page.goto(live_server.url + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if response.status != 200 or width > PHONE["width"]:
                wide.append((who, path, response.status, width))
    assert wide == []
