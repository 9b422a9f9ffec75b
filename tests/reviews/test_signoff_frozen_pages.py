"""Pages of a frozen record say so in one sentence and offer no act; what was typed meanwhile is shown again."""

import pytest

from placements.models import Placement
from placements.timesheets.models import Absence, Timesheet
from tests.conftest import signed_in
from tests.reviews.test_signoff_frozen import _in_summer, record  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
SAYS = "This record was signed off on 12 August 2026. The placement office can open it again"


def got(user, path):
    return signed_in(user).get(path).content.decode()


PAGES = {
    "": ["Edit", "Take it up again", "Change the pattern"],
    "edit/": ["Save"],
    "change/": ["Take it up again", "Learning goals</a>"],
    "pattern/": ["Save the days and times", "?from="],
    "resume/": ["Take it up again</button>"],
    "goals/": ["Change the goals", "From the library", "Write the goals"],
    "goals/edit/": ["Save for now"],
    "goals/choose/": ["Take them over", "Add a goal to the library"],
    "goals/agreed/": ["Record it"],
    "meetings/": ["Plan a meeting"],
    "meetings/new/": ["Plan it"],
    "review-forms/": ["Ask for the midway form", "Midway form from paper"],
}


def test_pages_of_a_placement_say_it_and_offer_nothing(record):  # noqa: F811
    client = signed_in(record.tutor)
    for page, acts in PAGES.items():
        text = client.get(f"/placements/{record.placement.pk}/{page}").text
        assert text.count(SAYS) == 1, page
        main = text.split("<main")[1]
        assert [act for act in acts if f"{act}</" in main or (act.startswith("?") and act in main)] == []


def test_the_page_of_the_student_says_it_and_offers_no_placement(record):  # noqa: F811
    path, way = f"/students/{record.student_record.pk}/", f'href="/students/{record.student_record.pk}/complete/"'
    for user, leads_on in ((record.tutor, False), (record.coordinator, True)):
        text = got(user, path)
        assert text.count(SAYS) == 1
        assert "Add a placement" not in text
        assert (f"{way}>Open it again</a>" in text) == leads_on
    assert f'href="/signoffs/{record.signoff.pk}/#reopen"' in got(record.coordinator, f"{path}complete/")


def test_no_placement_is_begun_for_who_is_signed_off(record):  # noqa: F811
    """It is said at the first step; the list offers only the others."""
    text = got(record.coordinator, f"/placements/add/?student={record.student_record.pk}")
    assert SAYS in text
    assert "Step 1 of 4" in text
    listed = text.split("<main")[1]
    assert f"?student={record.student_record2.pk}" in listed
    assert f"?student={record.student_record.pk}" not in listed


def test_a_week_is_read_and_not_opened_again(record):  # noqa: F811
    week = record.placement.timesheets.filter(status="approved").first()
    text = got(record.tutor, f"/weeks/{week.pk}/")
    assert SAYS in text
    assert "Open this week again" not in text
    assert "Take it back" not in got(record.student, f"/weeks/{record.waiting.pk}/")


def test_a_draft_is_read_and_what_was_typed_meanwhile_is_shown_again(record):  # noqa: F811
    Timesheet.objects.filter(pk=record.waiting.pk).update(status="draft")
    path = f"/weeks/{record.waiting.pk}/"
    text = got(record.student, path)
    assert SAYS in text
    assert "Hand in" not in text
    sent = {"seen": "0", "do": "save", "d0-rows": "1", "d0-0-starts": "09:00", "d0-0-finishes": "17:00",
            "d0-0-break_minutes": "60", "d0-0-approach": "in_person", "d0-0-activity": "Wired the rack"}  # fmt: skip
    response = signed_in(record.student).post(path, sent)
    assert response.status_code == 409
    assert "Wired the rack" in response.content.decode()
    quiet = signed_in(record.student).post(path, sent, headers={"X-Autosave": "1"})
    assert quiet.json()["says"].startswith("Not saved. This record was signed off")


def test_a_placement_that_was_being_edited_keeps_the_words(record):  # noqa: F811
    placement = record.placement
    sent = {"first_on": "02/03/2026", "last_on": "08/05/2026", "role": "Front of house", "pay": "unpaid",
            "manager": placement.manager_id, "seen": placement.version}  # fmt: skip
    text = signed_in(record.tutor).post(f"/placements/{placement.pk}/edit/", sent).content.decode()
    assert "Front of house" in text
    assert SAYS in text
    assert Placement.objects.get(pk=placement.pk).role == placement.role


def test_days_away_are_neither_told_nor_taken_back(record):  # noqa: F811
    text = got(record.student, "/absences/")
    assert SAYS in text
    assert "Tell it" not in text
    assert "Take back" not in text
    assert "Find a place" not in text


def test_days_away_of_a_planned_placement_are_refused_next_to_the_words(record):  # noqa: F811
    Placement.objects.filter(pk=record.placement.pk).update(status="active", last_on="2026-09-30")
    sent = {"placement": record.placement.pk, "first_on": "17/08/2026", "last_on": "17/08/2026", "kind": "sick",
            "note": "A day at the hospital"}  # fmt: skip
    response = signed_in(record.student).post("/absences/", sent)
    assert response.status_code == 422
    assert "A day at the hospital" in response.content.decode()
    assert Absence.objects.count() == 1


def test_nobody_judges_anew(record):  # noqa: F811
    text = got(record.tutor, f"/students/{record.student_record.pk}/judgement/")
    assert SAYS in text
    assert "Keep this" not in text


def test_no_verb_is_offered(record):  # noqa: F811
    week = record.placement.timesheets.get(pk=record.waiting.pk)
    assert [week.moves(record.manager), week.moves(record.student)] == [set(), set()]
    assert record.placement.moves(record.tutor) == set()
    assert record.meeting.moves(record.tutor) == set()


def test_a_page_that_did_not_expect_it_says_so_and_leads_back_to_where_one_was(record):  # noqa: F811
    me, path = signed_in(record.student), f"/absences/{record.absence.pk}/remove/"
    response = me.post(path, headers={"referer": "http://testserver/absences/"})
    assert (response.status_code, SAYS in response.text, Absence.objects.count()) == (409, True, 1)
    assert 'href="http://testserver/absences/"' in response.text
    assert "Back to where I was" in response.text
    assert "Back to where I was" not in me.post(path, headers={"referer": "https://elsewhere.test/"}).text
    assert "Back to where I was" not in me.post(path).text
