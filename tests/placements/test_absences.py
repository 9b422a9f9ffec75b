"""Telling in advance of days away."""

from datetime import date, time

import pytest

from placements.absences.forms import AbsenceForm
from placements.hours.totals import totals_written
from placements.timesheets.models import Absence
from portal.history.models import Event
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory

pytestmark = pytest.mark.django_db
URL = "/absences/"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def told(cast, **fields) -> dict:
    facts = {"placement": cast.placement.pk, "first": "2026-04-02", "last": "", "kind": "holiday", "note": ""}
    return facts | fields


def tell(cast, **fields):
    return signed_in(cast.student).post(URL, told(cast, **fields))


def test_days_away_are_told_without_days_off_and_bank_holidays(cast):
    assert tell(cast, last="2026-04-08").status_code == 302
    # Good Friday (3 April) and Easter Monday (6 April) are bank holidays; 4 and 5 April a weekend.
    assert list(Absence.objects.values_list("day", flat=True)) == [date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 8)]
    assert set(Absence.objects.values_list("kind", "foreseen")) == {("holiday", True)}
    assert Event.objects.about(cast.placement).first().says == (
        "told in advance of being away on 2 April to 8 April 2026 (holiday)"
    )


def test_the_totals_are_written_once_for_all_the_days(cast):
    written = []

    def count(sender, pks, **kwargs):
        written.append(list(pks))

    totals_written.connect(count)
    try:
        assert tell(cast, first="2026-03-16", last="2026-03-20").status_code == 302
    finally:
        totals_written.disconnect(count)
    assert Absence.objects.count() == 5
    assert written == [[cast.student_record.pk]]


def test_manager_and_tutor_hear_of_it_without_anything_personal_in_the_subject(cast):
    tell(cast, note="At my aunt's")
    notices = Notice.objects.filter(kind="absence_told")
    assert {notice.to for notice in notices} == {cast.manager, cast.tutor}
    assert {notice.subject for notice in notices} == {"A student will be away"}


def test_a_day_that_is_told_already_is_not_told_over_without_a_word(cast):
    tell(cast, kind="other", note="Funeral")
    response = tell(cast, kind="sick")
    says = "Thursday 2 April is told already: another reason (Funeral). Take it back in the list below to tell it anew."
    assert response.status_code == 422
    assert response.content.decode().count(says) == 2
    assert [(absence.kind, absence.note) for absence in Absence.objects.all()] == [("other", "Funeral")]
    assert Notice.objects.filter(kind="absence_told").count() == 2


def test_days_that_are_told_already_are_named_within_a_longer_span(cast):
    tell(cast, first="2026-03-19", last="2026-03-20")
    page = tell(cast, first="2026-03-18", last="2026-03-20", kind="college").content.decode()
    assert "Thursday 19 March is told already: holiday." in page
    assert "Friday 20 March is told already: holiday." in page
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first": "2026-03-10"}, "This day is past."),
        ({"first": "2026-04-09", "last": "2026-04-08"}, "The last day is before the first."),
        ({"first": "2026-04-04", "last": "2026-04-05"}, "You do not work on any of these days"),
        ({"first": "2026-09-01"}, "The placement runs from 2 March 2026 to 31 July 2026."),
        ({"first": "2026-04-01", "last": "2026-07-01"}, "That is more than 60 days."),
    ],
)
def test_what_makes_no_sense_is_refused(cast, fields, words):
    [[says]] = AbsenceForm(told(cast, **fields), placements=[cast.placement]).errors.values()
    assert words in says


def test_what_is_refused_is_not_told_and_stays_on_the_page(cast):
    response = tell(cast, note="With my aunt", first="2026-03-10")
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("This day is past.") == 2
    assert "With my aunt" in page
    assert Absence.objects.count() == 0


def test_a_week_that_is_handed_in_is_taken_back_first(cast):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    assert "Take it back first." in tell(cast, first="2026-03-12").content.decode()


def test_a_day_away_is_taken_back(cast):
    tell(cast)
    absence = Absence.objects.get()
    assert signed_in(cast.student2).post(f"{URL}{absence.pk}/remove/").status_code == 404
    signed_in(cast.student).post(f"{URL}{absence.pk}/remove/")
    assert Absence.objects.count() == 0
    assert Event.objects.about(cast.placement).first().says == "took back being away on 2 April 2026"


@pytest.mark.parametrize(("finishes", "status"), [(time(16, 59), 302), (time(17), 422)])
def test_a_day_that_was_worked_in_full_cannot_be_told_as_away(cast, finishes, status):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week, day=date(2026, 3, 11), finishes=finishes)
    response = tell(cast, first="2026-03-11", kind="sick", note="Left at noon")
    says = (
        "For Wednesday 11 March 7 h of work are written down already. Change the hours in their week first, or say it "
        "there."
    )
    assert response.status_code == status
    assert response.content.decode().count(says) == (2 if status == 422 else 0)
    assert Absence.objects.count() == (0 if status == 422 else 1)
