"""Which hours of a week do not count, and because of which cap, is told where the week is: student, tutor, manager."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from placements.hours.models import StudentHours
from placements.hours.receipt import receipt_for
from placements.timesheets.models import Spell
from students.models import Student
from students.tlevels.models import Specialism
from students.tlevels.rules import rule_sets
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
LOST = "7 h: at most 35 h of 'work taster' count."
WOULD_NOT = "Not all hours of this week would count:"


@pytest.fixture(autouse=True)
def _sunday_evening(time_machine):
    time_machine.move_to("2026-03-15 18:00", tick=False)


def written(placement, monday=MONDAY, days=6, approach="taster"):
    """A draft of so many days of seven hours."""
    week = TimesheetFactory(placement=placement, monday=monday)
    Spell.objects.bulk_create(
        SpellFactory.build(timesheet=week, day=monday + timedelta(days=number), minutes=420, approach=approach)
        for number in range(days)
    )
    return week


def page_of(week, who) -> str:
    return unescape(text_of(signed_in(who).get(reverse("week_edit", args=[week.pk]))))


def screen_of(manager) -> str:
    return unescape(text_of(signed_in(manager).get("/approvals/")))


def test_a_draft_is_counted_after_what_was_handed_in(cast):
    written(cast.placement, days=5).hand_in(by=cast.student)
    full = written(cast.placement, MONDAY + timedelta(weeks=1), days=1)
    assert LOST in page_of(full, cast.student)
    assert WOULD_NOT not in page_of(cast.placement.timesheets.get(monday=MONDAY), cast.student)


def test_student_tutor_and_manager_read_of_a_week_what_the_receipt_says(cast):
    week = written(cast.placement)
    page = page_of(week, cast.student)  # before it is handed in
    assert WOULD_NOT in page
    assert LOST in page
    week.hand_in(by=cast.student)
    assert receipt_for(cast.student_record, date(2026, 3, 15)).weeks[0].reasons == [LOST.removesuffix(".")]
    for page in (page_of(week, cast.tutor), screen_of(cast.manager)):
        assert WOULD_NOT in page
        assert LOST in page
    week.approve(by=cast.manager)
    page = page_of(week, cast.student)
    assert "Not all hours of this week count:" in page
    assert LOST in page


def test_where_all_hours_count_nothing_is_said(cast):
    week = written(cast.placement, days=5)
    week.hand_in(by=cast.student)
    assert WOULD_NOT not in page_of(week, cast.tutor)
    assert WOULD_NOT not in screen_of(cast.manager)


def test_kept_reasons_go_when_the_week_is_taken_back(cast):
    week = written(cast.placement)
    week.hand_in(by=cast.student)
    kept = StudentHours.objects.filter(student=cast.student_record)
    assert kept.get().lost == {str(week.pk): [LOST.removesuffix(".")]}
    assert kept.get().worked == [["2026-03-02", 6 * 420, "taster", cast.employer.pk, True]]
    week.recall(by=cast.student)
    assert (kept.get().lost, kept.get().worked) == ({}, [])


def test_telling_takes_no_query_more(cast, django_assert_num_queries):
    rule_sets()  # read once a minute
    full, past = written(cast.placement, days=1), written(cast.placement, MONDAY + timedelta(weeks=1))
    student, manager = signed_in(cast.student), signed_in(cast.manager)
    for week in (full, past):
        with django_assert_num_queries(8):
            student.get(reverse("week_edit", args=[week.pk]))
        week.hand_in(by=cast.student)
        with django_assert_num_queries(8):
            manager.get("/approvals/")


# --- What each approach means, and which ones there are ---

REMOTE = "Away from the workplace, and only where the employer itself works that way."


def of_an_educator(cast):
    early_years = Specialism.objects.get(title="Early Years Educator")
    Student.objects.filter(pk=cast.student_record.pk).update(tlevel=early_years.tlevel, specialism=early_years)


def test_beside_how_stands_what_each_choice_means(cast):
    week = written(cast.placement, days=1, approach="in_person")
    student = signed_in(cast.student)
    home, own = (unescape(text_of(student.get(path))) for path in ("/home/", reverse("hours_receipt_own")))
    for page in (page_of(week, cast.student), home):
        assert f'<span data-how="remote">{REMOTE}</span>' in page
        assert 'data-how="on_site"' not in page
    assert 'aria-describedby="id_approach_helptext"' in home
    assert f"At most 157 h 30 min, 157 h 30 min left. {REMOTE}" in own


def test_the_style_shows_the_meaning_of_every_choice():
    style = (settings.BASE_DIR / "static/css/portal.css").read_text()
    for approach in ("taster", "remote", "skills_hub", "small_team", "paid_job", "on_site"):
        assert f'[value="{approach}"]:checked) [data-how="{approach}"]' in style


def test_whose_hours_are_all_in_person_is_asked_for_no_approach(cast):
    of_an_educator(cast)
    week = written(cast.placement, days=1, approach="in_person")
    for page in (page_of(week, cast.student), text_of(signed_in(cast.student).get("/home/"))):
        assert 'approach" value="in_person"' in page
        assert "data-how" not in page
        assert '<option value="in_person"' not in page


def test_an_approach_that_was_chosen_before_it_was_known_stays_and_is_told(cast):
    of_an_educator(cast)
    week = written(cast.placement, days=1, approach="remote")
    page = page_of(week, cast.student)
    assert 'value="remote" selected' in page
    assert 'value="taster"' not in page
    assert "7 h: all hours of Early Years Educator are worked in person with an employer." in page


def test_the_manager_reads_what_an_approach_means_once_a_week_without_a_word_on_support(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(has_send=True)
    written(cast.placement, days=3, approach="remote").hand_in(by=cast.student)
    written(cast.placement, MONDAY + timedelta(weeks=1), days=1, approach="on_site").hand_in(by=cast.student)
    screen = screen_of(cast.manager)
    assert screen.count(f"Remote: {REMOTE}") == 1
    assert "On-site facilities" in screen
    assert "SEND" not in screen


# --- On-site facilities ---


def test_on_site_facilities_are_offered_only_where_they_can_count_or_were_chosen_before(cast):
    week = written(cast.placement, days=1, approach="in_person")
    assert 'value="on_site"' not in page_of(week, cast.student)
    week.spells.update(approach="on_site")
    page = page_of(week, cast.student)
    assert 'value="on_site" selected' in page
    assert "7 h: on-site facilities do not count here; the tutor can say why." in page
    Student.objects.filter(pk=cast.student_record.pk).update(has_send=True)
    week.spells.update(approach="in_person")
    assert 'value="on_site"' in page_of(week, cast.student)
