"""Telling in advance of days away."""

from datetime import date, time

import pytest

from placements.absences.forms import AbsenceForm
from placements.hours.totals import totals_written
from placements.models import PatternDay
from placements.setup.changing import remove_placement
from placements.timesheets.away import take_back_absence, tell_absence
from placements.timesheets.models import Absence, Timesheet
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory, TimesheetFactory

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


def refused(cast, **fields) -> str:
    """Why the form refuses this; '' where it takes it."""
    form = AbsenceForm(told(cast, **fields), placements=[cast.placement])
    return " ".join(error for errors in form.errors.values() for error in errors)


def has_told(cast, *days: int, placement=None, kind="holiday", note="") -> list[Absence]:
    """The student has told of these days of March 2026."""
    days = [date(2026, 3, day) for day in days]
    return tell_absence(placement or cast.placement, days, kind=kind, note=note, by=cast.student)


def test_days_away_are_told_without_days_off_and_bank_holidays_and_the_totals_written_once(cast):
    written = []

    def count(sender, pks, **kwargs):
        written.append(list(pks))

    totals_written.connect(count)
    try:
        assert tell(cast, last="2026-04-08").status_code == 302
    finally:
        totals_written.disconnect(count)
    # Good Friday (3 April) and Easter Monday (6 April) are bank holidays; 4 and 5 April a weekend.
    assert list(Absence.objects.values_list("day", flat=True)) == [date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 8)]
    assert set(Absence.objects.values_list("kind", "foreseen")) == {("holiday", True)}
    assert written == [[cast.student_record.pk]]
    assert Event.objects.about(cast.placement).first().says == (
        "told in advance of being away on 2 April to 8 April 2026 (holiday)"
    )


def test_manager_and_tutor_hear_of_it_by_first_name_and_that_there_is_a_note(cast):
    has_told(cast, 19, note="At my aunt's")
    notices = Notice.objects.filter(kind="absence_told")
    assert {notice.to for notice in notices} == {cast.manager, cast.tutor}
    assert {notice.subject for notice in notices} == {"A student will be away"}
    for words in [words for notice in notices for words in (notice.text, notice.html)]:
        assert "Student will be away" in words
        assert "There is a note to it in the portal." in words
        assert "Reed" not in words
        assert "aunt" not in words


def test_days_that_are_told_already_are_named_and_not_told_over(cast):
    has_told(cast, 19, kind="other", note="Funeral")
    funeral = "Thursday 19 March is told already: another reason (Funeral)."
    assert refused(cast, first="2026-03-19", kind="sick") == (
        f"{funeral} Take it back in the list below to tell it anew."
    )
    with pytest.raises(Refused, match="Thursday 19 March is told already"):
        has_told(cast, 19, kind="sick")
    has_told(cast, 20)
    assert refused(cast, first="2026-03-18", last="2026-03-20", kind="college") == (
        f"{funeral} Friday 20 March is told already: holiday. Take them back in the list below to tell them anew."
    )
    assert [(absence.kind, absence.note) for absence in Absence.objects.all()] == [
        ("other", "Funeral"),
        ("holiday", ""),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first": "2026-03-10"}, "This day is past."),
        ({"first": "2026-04-09", "last": "2026-04-08"}, "The last day is before the first."),
        ({"first": "2026-04-04", "last": "2026-04-05"}, "You do not work on any of these days"),
        (
            {"first": "2026-04-03"},
            "Friday 3 April is Good Friday: nobody expects you, so there is nothing to tell.",
        ),
        (
            {"first": "2026-04-03", "last": "2026-04-06"},
            "Friday 3 April is Good Friday. Monday 6 April is Easter Monday: nobody expects you, so there is nothing "
            "to tell. You do not work on the other days.",
        ),
        ({"first": "2026-09-01"}, "The placement runs from 2 March 2026 to 31 July 2026."),
        ({"first": "2026-04-01", "last": "2026-07-01"}, "That is more than 60 days."),
    ],
)
def test_what_makes_no_sense_is_refused(cast, fields, words):
    assert words in refused(cast, **fields)


def test_what_is_refused_is_not_told_and_stays_on_the_page(cast):
    response = tell(cast, note="With my aunt", first="2026-03-10")
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("This day is past.") == 2
    assert "With my aunt" in page
    assert Absence.objects.count() == 0


def handed_in_with_absence(cast):
    """This week, handed in although Thursday 12 March is a day away, told the day before."""
    [absence] = has_told(cast, 12)
    week = Timesheet.objects.get()
    SpellFactory(timesheet=week, day=date(2026, 3, 10))
    week.hand_in(by=cast.student)
    return week, absence


TAKE_BACK = "The week of 9 March is handed in already. Take it back first."
ASK_TUTOR = "The week of 9 March is approved already. Ask your tutor to open it again."


def test_a_day_away_in_a_locked_week_is_locked_with_it(cast):
    week, absence = handed_in_with_absence(cast)
    client, remove = signed_in(cast.student), f"{URL}{absence.pk}/remove/"
    page = client.get(URL).content.decode()
    assert (TAKE_BACK in page, remove in page, f"/weeks/{week.pk}/" in page) == (True, False, True)
    response = client.post(remove)
    assert (response.status_code, TAKE_BACK in response.content.decode()) == (409, True)
    assert refused(cast, first="2026-03-13") == TAKE_BACK
    assert list(Absence.objects.all()) == [absence]


def test_in_a_week_that_is_approved_the_tutor_has_to_open_it(cast):
    week, absence = handed_in_with_absence(cast)
    week.approve(by=cast.manager)
    page = signed_in(cast.student).get(URL).content.decode()
    assert (ASK_TUTOR in page, f"{URL}{absence.pk}/remove/" in page) == (True, False)
    with pytest.raises(Refused, match=ASK_TUTOR):
        take_back_absence(absence, by=cast.student)
    with pytest.raises(Refused, match=ASK_TUTOR):
        has_told(cast, 13)
    assert refused(cast, first="2026-03-13") == ASK_TUTOR


def test_telling_and_taking_back_move_the_week_and_stand_in_its_history(cast):
    [absence] = has_told(cast, 19)
    week = Timesheet.objects.get()
    assert (week.monday, week.version) == (date(2026, 3, 16), 1)
    take_back_absence(absence, by=cast.student)
    assert not Absence.objects.exists()
    week.refresh_from_db()
    assert week.version == 2
    assert [event.says for event in Event.objects.about(week)] == [
        "took back being away on 19 March 2026",
        "told in advance of being away on 19 March 2026 (holiday)",
    ]
    assert Event.objects.about(cast.placement).first().says == "took back being away on 19 March 2026"


def test_a_tab_that_is_older_than_an_absence_does_not_wipe_it(cast):
    client, week = signed_in(cast.student), f"/placements/{cast.placement.pk}/weeks/2026-03-16/"
    has_told(cast, 19, 20)
    older = {"seen": "0", "do": "save", "message": "See you on Monday"}  # as week_open shows a week not begun yet
    response = client.post(week, older, headers={"X-Autosave": "1"})
    assert response.status_code == 409
    response = client.post(week, older)
    assert (response.status_code, "See you on Monday" in response.content.decode()) == (409, True)
    assert Absence.objects.count() == 2


def test_a_tab_that_is_older_than_a_day_taken_back_does_not_bring_it_again(cast):
    [absence] = has_told(cast, 19)
    take_back_absence(absence, by=cast.student)
    older = {"seen": "1", "do": "save", "d3-absence": "holiday"}
    assert signed_in(cast.student).post(f"/weeks/{Timesheet.objects.get().pk}/", older).status_code == 409
    assert Absence.objects.count() == 0


def test_a_planned_placement_that_was_a_mistake_can_be_removed_after_telling(cast):
    dates = {"first_on": date(2026, 3, 16), "last_on": date(2026, 7, 31)}
    planned = PlacementFactory(student=cast.student_record, status="planned", **dates)
    has_told(cast, 19, placement=planned)
    assert Timesheet.objects.get().placement == planned
    remove_placement(planned, by=cast.coordinator)
    assert not Timesheet.objects.exists()


def test_words_that_cannot_be_stored_yet_know_of_an_absence_told_meanwhile(cast):
    client, week = signed_in(cast.student), f"/placements/{cast.placement.pk}/weeks/2026-03-16/"
    client.post(week, {"seen": "0", "do": "save", "d0-note": "No reason yet"})
    [absence] = has_told(cast, 19, note="At my aunt's")
    typed = Timesheet.objects.get().typed
    said = {"d0-note": "No reason yet", "d3-absence": "holiday", "d3-note": "At my aunt's", "d3-foreseen": "on"}
    assert {name: typed[name] for name in said} == said
    take_back_absence(absence, by=cast.student)
    assert Timesheet.objects.get().typed["d3-absence"] == ""


@pytest.mark.parametrize(
    ("finishes", "says"),
    [
        (time(16, 59), ""),
        (
            time(17),
            "For Wednesday 11 March 7 h of work are written down already. Change the hours in their week first, or say "
            "it there.",
        ),
    ],
)
def test_a_day_that_was_worked_in_full_cannot_be_told_as_away(cast, finishes, says):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week, day=date(2026, 3, 11), finishes=finishes)
    assert refused(cast, first="2026-03-11", kind="sick", note="Left at noon") == says


def test_a_bank_holiday_on_a_day_off_has_its_name_as_well(cast):
    PatternDay.objects.filter(placement=cast.placement, weekday=4).delete()
    says = "Friday 3 April is Good Friday: nobody expects you, so there is nothing to tell."
    assert refused(cast, first="2026-04-03") == says
