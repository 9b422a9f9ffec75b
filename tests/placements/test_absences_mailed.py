"""Who gets a mail about days away to come: told in advance or written into the week, each once; and when taken back."""

from datetime import date

import pytest

from placements.timesheets.away import tell_absence
from placements.timesheets.models import Absence, Timesheet
from placements.timesheets.telling import named
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.pages import said, text_of

pytestmark = pytest.mark.django_db
TOLD, BACK = "absence_told", "absence_taken_back"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def mails(kind) -> list[str]:
    return sorted(notice.to.first_name for notice in Notice.objects.filter(kind=kind))


def week(cast, *, quietly=False, do="save", monday="2026-03-16", **data) -> list[str]:
    """The week page as the student sends it, d3_absence='sick' is Thursday: what it says to that, or the next page."""
    found = Timesheet.objects.filter(placement=cast.placement, monday=monday).first()
    sent = {"seen": found.version if found else 0, "do": do}
    sent |= {name.replace("_", "-"): value for name, value in data.items()}
    headers = {"X-Autosave": "1"} if quietly else {}
    url = f"/placements/{cast.placement.pk}/weeks/{monday}/"
    response = signed_in(cast.student).post(url, sent, headers=headers)
    assert response.status_code == (200 if quietly else 302)
    return [response.json()["says"]] if quietly else said(response)


def tell(cast) -> Absence:
    """The student has told of Thursday 19 March."""
    facts = {"kind": "holiday", "note": "", "by": cast.student}
    return tell_absence(cast.placement, [date(2026, 3, 19)], **facts)[0]


def test_whoever_was_told_of_a_day_away_is_told_that_it_is_taken_back(cast):
    absence = tell(cast)
    response = signed_in(cast.student).post(f"/absences/{absence.pk}/remove/")
    assert said(response) == ["Taken back: you will be there. Your manager and your tutor have a mail."]
    assert mails(BACK) == ["Manager", "Tutor"]
    notice = Notice.objects.filter(kind=BACK).first()
    assert notice.subject == "A student will be there after all"
    says = "Student will be at Employer on 19 March 2026 after all: the day away that you were told of is taken back."
    assert says in notice.text
    assert says in notice.html.replace("<strong>", "").replace("</strong>", "")


def test_days_written_into_a_week_to_come_are_told_when_it_is_saved_and_once_only(cast):
    days = {"d3_absence": "holiday", "d4_absence": "holiday"}
    week(cast, quietly=True, **days)
    assert (mails(TOLD), Absence.objects.count()) == ([], 2)
    says = "Your draft is saved. Your manager and your tutor have a mail about when you are away."
    assert week(cast, **days) == [says]
    assert mails(TOLD) == ["Manager", "Tutor"]
    assert "will be away from Employer on 19 March and 20 March 2026 (holiday)." in Notice.objects.first().text
    assert week(cast, **days, d4_note="With my aunt") == ["Your draft is saved."]
    assert mails(TOLD) == ["Manager", "Tutor"]


def test_what_was_told_in_advance_is_not_told_again_by_its_week_but_that_it_is_taken_out_of_it(cast):
    tell(cast)
    week(cast, d3_absence="holiday", d3_foreseen="on")
    assert (mails(TOLD), mails(BACK)) == (["Manager", "Tutor"], [])
    week(cast)
    assert (mails(BACK), Absence.objects.count()) == (["Manager", "Tutor"], 0)


def test_handing_a_running_week_in_tells_of_its_days_to_come_but_not_of_those_that_came(cast):
    data = {"d1_absence": "sick", "d3_absence": "college", "d4_absence": "college", "d5_absence": "other"}
    week(cast, do="hand_in", declared="on", monday="2026-03-09", d4_note="Exam", **data)
    assert Timesheet.objects.get().status == "handed_in"
    spans = {notice.text.split(" on ")[1].split(" (")[0] for notice in Notice.objects.filter(kind=TOLD)}
    assert spans == {"12 March 2026", "13 March 2026"}
    assert mails(TOLD) == ["Manager", "Manager", "Tutor", "Tutor"]


def test_a_day_that_was_only_begun_is_taken_out_again_without_a_mail(cast):
    week(cast, quietly=True, d3_absence="holiday")
    week(cast)
    assert (mails(TOLD), mails(BACK)) == ([], [])


def test_a_week_that_saves_itself_takes_back_nothing_that_was_told(cast):
    """With the arrow keys one comes through 'I was at work' on the way from one reason to another."""
    absence = tell(cast)
    waits = "Save the week to tell your manager and your tutor that you will be there."
    monday = {"d0_note": "A fair", "d0_absence": "college"}
    assert week(cast, quietly=True, **monday) == [f"Kept at 17:30. {waits}"]
    assert (mails(BACK), Absence.objects.get()) == ([], absence)
    assert waits in text_of(signed_in(cast.student).get(Timesheet.objects.get().get_absolute_url()))
    assert week(cast, quietly=True, d3_absence="sick", **monday) == ["Saved at 17:30"]
    assert (mails(BACK), Absence.objects.count()) == ([], 2)
    week(cast, d3_absence="sick")
    assert (mails(BACK), mails(TOLD)) == ([], ["Manager", "Tutor"])


def test_what_such_a_week_has_kept_is_taken_back_once_it_is_saved(cast):
    tell(cast)
    week(cast, quietly=True)
    week(cast)
    assert (mails(BACK), Absence.objects.count(), Timesheet.objects.get().typed) == (["Manager", "Tutor"], 0, None)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ([date(2026, 12, 30), date(2026, 12, 31)], "30 December and 31 December 2026"),
        (
            [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 2)],
            "30 December, 31 December 2026 and 2 January 2027",
        ),
        ([date(2027, 1, 2)], "2 January 2027"),
    ],
)
def test_days_around_new_year_are_named_with_their_own_year(days, span):
    assert named(days) == span


def test_the_page_says_who_hears_of_a_day_to_come(cast):
    says = "When you save the week, your manager and your tutor get a mail that you will be away."
    url = f"/placements/{cast.placement.pk}/weeks/2026-03-09/"
    assert signed_in(cast.student).get(url).content.decode().count(says) == 2  # Thursday and Friday
