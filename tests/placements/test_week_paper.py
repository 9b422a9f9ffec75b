"""A week that came on paper: what the tutor reads, and what is refused."""

from datetime import date

import pytest

from placements.timesheets.editing import form_of, save_week
from placements.timesheets.models import Timesheet
from placements.timesheets.paper_form import PaperWeekForm
from students.models import Student
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_week(time_machine):
    time_machine.move_to("2026-03-09 10:00")


def path_of(cast) -> str:
    return f"/placements/{cast.placement.pk}/paper-weeks/2026-03-02/"


def refused(cast, **data) -> str:
    """The page that answers to a week that is refused."""
    response = signed_in(cast.tutor).post(path_of(cast), {"seen": "0", "declared": "on"} | data)
    assert response.status_code == 422
    assert not Timesheet.objects.filter(status="handed_in").exists()
    return response.content.decode()


def speaks_of_somebody_else(page) -> bool:
    of_them, of_oneself = ("What they did", ">At work</option>"), ("What I did", "I was at work")
    return all(words in page for words in of_them) and not any(words in page for words in of_oneself)


def test_without_a_script_a_row_is_added_and_nothing_is_recorded_by_that(cast):
    data = {"seen": "0", "declared": "on", "signed_by": "M. Reed", "d0-0-starts": "09:00", "d0-0-finishes": "17:00"}
    response = signed_in(cast.tutor).post(path_of(cast), data | {"do": "row-0"})
    assert [row["starts"].value() for row in response.context["form"].days[0].spell_forms] == ["09:00", None]
    assert 'value="M. Reed"' in response.text
    assert not Timesheet.objects.exists()


def test_an_empty_week_is_refused_at_the_first_day_in_words_for_the_tutor(cast):
    page = refused(cast)
    assert (
        '<a href="#id_d0-0-starts">Monday 2 March, start: This week is empty. Write down the hours that Student '
        "worked, or why Student was away.</a>" in page
    )
    assert "One thing to put right" in page
    assert "hours you worked" not in page
    assert '<details class="day" id="day-0" data-day open>' in page
    assert speaks_of_somebody_else(page)


def test_an_empty_week_without_the_tick_is_told_both_at_once(cast):
    assert "2 things to put right" in refused(cast, declared="")


def test_who_only_asks_for_its_headers_sends_no_form(cast):
    assert signed_in(cast.tutor).head(path_of(cast)).status_code == 200


def form_on_paper(cast, **data) -> PaperWeekForm:
    """The form of a week as it was typed from paper."""
    return form_of(Timesheet(placement=cast.placement, monday=date(2026, 3, 2)), data, kind=PaperWeekForm)


def test_a_note_without_a_reason_is_told_in_words_for_the_tutor(cast):
    form = form_on_paper(cast, **{"d0-note": "At home"})
    assert not form.is_valid()
    assert form.days[0].errors == {"absence": ["Say why they were away, or remove the note."]}


PAPER = {"seen": "0", "declared": "on", "d0-0-starts": "09:00", "d0-0-finishes": "17:00", "d0-0-break_minutes": "30"}


def student_writes(cast, **data) -> Timesheet:
    """The student's own page, saved after the tutor opened the paper week."""
    days = {"d1-0-starts": "10:00", "d1-0-finishes": "15:00", "d1-0-activity": "My tests"}
    week = Timesheet(placement=cast.placement, monday=date(2026, 3, 2))
    return save_week(week, form_of(week, days | data), by=cast.student, seen=0)


def test_the_tutor_is_shown_what_the_student_wrote_meanwhile_before_the_paper_takes_its_place(cast):
    student_writes(cast, **{"d2-absence": "sick", "d2-note": "A cold"})
    tutor = signed_in(cast.tutor)
    response = tutor.post(path_of(cast), PAPER)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Student changed this week after you opened it. This is how it stands now:" in page
    assert "<li>Tuesday 3 March: 10:00 to 15:00. My tests</li>" in page
    assert "<li>Wednesday 4 March: Sick (A cold)</li>" in page
    assert 'value="09:00"' in page
    assert "Somebody was quicker" not in page
    week = Timesheet.objects.get()
    assert (week.status, week.minutes, f'name="seen" value="{week.version}"' in page) == ("draft", 300, True)
    assert tutor.post(path_of(cast), PAPER | {"seen": week.version}).status_code == 302
    assert Timesheet.objects.get().minutes == 450


def test_words_of_the_student_that_cannot_be_stored_yet_are_shown_as_well(cast):
    student_writes(cast, **{"d3-note": "No reason yet"})
    page = signed_in(cast.tutor).post(path_of(cast), PAPER).content.decode()
    assert "<li>Tuesday 3 March: 10:00 to 15:00, My tests</li>" in page
    assert "<li>Thursday 5 March: No reason yet</li>" in page


def test_a_mistake_on_the_way_does_not_make_the_page_newer_than_it_is(cast):
    student_writes(cast)
    assert 'name="seen" value="0"' in refused(cast, **PAPER | {"declared": ""})


def test_a_week_that_was_handed_in_meanwhile_stays_and_the_tutor_keeps_their_words(cast):
    student_writes(cast).hand_in(by=cast.student)
    response = signed_in(cast.tutor).post(path_of(cast), PAPER | {"d0-0-activity": "Wired a rack"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was recorded: Sent to Manager Reed on 9 March, not answered yet." in page
    assert "Wired a rack" in page
    assert (Timesheet.objects.get().status, Timesheet.objects.get().minutes) == ("handed_in", 300)


OTHERS = [
    ({"d0-0-activity": "Wired a rack"}, "Monday 2 March: 09:00 to 17:00, break 30 min, Wired a rack"),
    ({"signed_by": "M. Reed"}, "Signed on paper by: M. Reed"),
    ({"d0-0-finishes": "8"}, "Monday 2 March: 09:00 to 8, break 30 min"),
]


def test_a_second_click_leads_to_the_week_and_another_week_in_a_second_tab_keeps_its_words(cast, subtests):
    tutor = signed_in(cast.tutor)
    assert [tutor.post(path_of(cast), PAPER).status_code for _ in range(2)] == [302, 302]
    assert Timesheet.objects.get().on_paper_by == cast.tutor
    for other, line in OTHERS:
        with subtests.test(line):
            response = tutor.post(path_of(cast), PAPER | other)
            assert response.status_code == 409
            assert "Nothing was recorded: Sent to Manager Reed on 9 March, not answered yet." in response.text
            assert f"<li>{line}</li>" in response.text
            assert Timesheet.objects.get().minutes == 450


LATER = "This time is still to come. Record the week once it is past, or write down what was worked so far."


@pytest.mark.parametrize(
    ("now", "day", "finishes", "says"),
    [
        ("15:59", 4, "16:00", {"finishes": [LATER]}),
        ("16:00", 4, "16:00", {}),
        ("23:59", 4, "00:00", {"finishes": [LATER]}),
        ("09:00", 3, "00:00", {}),  # that day is over
    ],
)
def test_hours_still_to_come_are_on_no_paper(cast, time_machine, now, day, finishes, says):
    time_machine.move_to(f"2026-03-06 {now}")  # the Friday of the week
    form = form_on_paper(cast, **{f"d{day}-0-starts": "08:00", f"d{day}-0-finishes": finishes})
    assert (form.is_valid(), form.days[day].spell_forms[0].errors) == (not says, says)


def without_a_tutor(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)


def whose_account_is_closed(cast):
    cast.tutor.is_active = False
    cast.tutor.save()


@pytest.mark.parametrize("nobody", [without_a_tutor, whose_account_is_closed])
def test_where_no_tutor_can_the_placement_office_records_it(cast, week, nobody):
    assert "recorder" not in Timesheet.objects.with_people().get().relations(cast.coordinator)
    nobody(cast)
    assert "recorder" in Timesheet.objects.with_people().get().relations(cast.coordinator)


def test_what_the_office_recorded_it_can_open_again(cast):
    without_a_tutor(cast)
    office = signed_in(cast.coordinator)
    assert office.post(path_of(cast), PAPER | {"signed_by": "M. Reed"}).status_code == 302
    week = Timesheet.objects.get()
    assert (week.status, week.on_paper_by, week.decided_by) == ("approved", cast.coordinator, cast.coordinator)
    page = office.get(week.get_absolute_url()).text
    assert "Approved on paper by M. Reed, recorded by Coordinator Reed" in page
    assert "Open this week again" in page
    assert office.post(f"/weeks/{week.pk}/reopen/", {"reason": "Another paper came"}).status_code == 302
    assert Timesheet.objects.get().status == "sent_back"


def test_where_there_is_a_tutor_it_is_theirs(cast, week):
    office = signed_in(cast.coordinator)
    assert office.post(path_of(cast), PAPER).status_code == 403
    assert path_of(cast) not in office.get(week.get_absolute_url()).text
    assert path_of(cast) in signed_in(cast.tutor).get(week.get_absolute_url()).text


def test_the_week_leads_the_office_there_and_who_was_the_tutor_no_longer(cast, week):
    without_a_tutor(cast)
    assert path_of(cast) in signed_in(cast.coordinator).get(week.get_absolute_url()).text
    assert signed_in(cast.tutor).get(path_of(cast)).status_code == 404
