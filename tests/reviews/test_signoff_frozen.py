"""Once a student is signed off, nothing that the sign-off rests on changes any more, by whichever way it is tried."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date, time
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from placements.goals import writing
from placements.hours.receipt import receipt_for
from placements.hours.totals import rebuild
from placements.models import PatternDay, Placement
from placements.setup import changing, later
from placements.timesheets.away import tell_absence
from placements.timesheets.models import Absence, Timesheet
from placements.timesheets.week import ensure_saved
from placements.today.way import way_of
from portal.workflow import Refused
from reviews.forms.asking import ask_for
from reviews.forms.models import ReviewForm
from reviews.meetings.models import Meeting
from reviews.signoff import signing
from reviews.signoff.models import SignOff
from students import keeping
from students.models import Student
from students.tlevels.models import ApproachRule, RuleSet, TLevel
from tests import factories, poured
from tests.conftest import make_cast, signed_in
from tests.portal.importing import csv_file, looked_at, preview
from tests.reviews.meetings_ready import planned_meeting
from tests.reviews.signoffs import WORDS, again, complete

pytestmark = pytest.mark.django_db
SAYS = "This record was signed off on 12 August 2026. The placement office can open it again"
PATTERN = [PatternDay(weekday=0, starts=time(9), finishes=time(12), break_minutes=0)]


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


@pytest.fixture
def record(db):
    return signed_off_record()


@poured.scene
@time_machine.travel("2026-08-12 12:00")
def signed_off_record():
    """The cast, signed off, with a week that waits, a draft, a meeting, and a planned absence from before."""
    cast = make_cast()
    student = complete(cast)
    cast.waiting = Timesheet.objects.create(
        placement=cast.placement, monday=date(2026, 5, 4), status="handed_in", handed_in_at="2026-05-08T12:00Z",
        handed_in_by=cast.student,
    )  # fmt: skip
    cast.draft = Timesheet.objects.create(placement=cast.placement, monday=date(2026, 5, 11))
    cast.meeting = planned_meeting(cast)
    cast.absence = Absence.objects.create(placement=cast.placement, day=date(2026, 8, 20), kind="sick")
    cast.signoff = signing.sign_off(student, by=cast.tutor)
    cast.placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    return cast


ACTS = {
    "approve a week": lambda c: c.waiting.approve(by=c.manager),
    "send a week back": lambda c: c.waiting.send_back(by=c.manager, reason="No."),
    "take a week back": lambda c: c.waiting.recall(by=c.student),
    "open an approved week": lambda c: c.placement.timesheets.last().reopen(by=c.tutor, reason="A mistake."),
    "write a week": lambda c: c.draft.take_turn(seen=0),
    "begin a week": lambda c: ensure_saved(Timesheet(placement=c.placement, monday=date(2026, 5, 18))),
    "tell an absence": lambda c: tell_absence(c.placement, [date(2026, 8, 21)], kind="sick", note="", by=c.student),
    "write goals": lambda c: writing.write_goals(c.placement, [(None, "Learn more")], by=c.tutor),
    "take a placement up again": lambda c: c.placement.resume(by=c.tutor, last_on=date(2026, 9, 1)),
    "add a placement": lambda c: changing.add_placement(
        Placement(student=c.student_record, employer=c.employer2, first_on=date(2026, 9, 1), last_on=date(2026, 9, 2)),
        by=c.tutor,
    ),
    "change a placement": lambda c: changing.change_placement(c.placement, seen=c.placement.version, by=c.tutor),
    "change the days": lambda c: changing.set_pattern(
        c.placement, c.placement.first_on, PATTERN, replaces=None, seen=c.placement.version, by=c.tutor
    ),
    "change the site": lambda c: later.change_from(c.placement, "site", None, date(2026, 8, 12), by=c.tutor),
    "ask for a review": lambda c: ask_for(c.placement, "midway", by=c.tutor),
    "open a review again": lambda c: ReviewForm.objects.get().reopen(by=c.tutor, reason="A mistake."),
    "answer a review": lambda c: ReviewForm.objects.get().take_turn(),
    "move a meeting": lambda c: c.meeting.cancel(by=c.tutor, reason="Not needed."),
    "write at a meeting": lambda c: c.meeting.take_turn(),
    "judge": lambda c: signing.judge(c.student_record, is_sufficient=False, words=WORDS, by=c.tutor),
}


def test_it_is_refused(record, subtests):
    for name, act in ACTS.items():
        with subtests.test(name), pytest.raises(Refused, match=SAYS):
            act(deepcopy(record))
    assert again(record.student_record).hours.counted == 18900


def test_after_opening_again_it_can_be_done(record):
    record.signoff.reopen(by=record.coordinator, reason="A week was left out.")
    record.waiting.approve(by=record.manager)
    tell_absence(record.placement, [date(2026, 8, 21)], kind="sick", note="", by=record.student)
    assert record.waiting.status == "approved"


def test_the_clock_still_ends_what_is_over(record):
    Placement.objects.filter(pk=record.placement.pk).update(status="active")
    placement = Placement.objects.get(pk=record.placement.pk)
    placement.end(by=None, reason="The last day has passed.")
    assert placement.status == "ended"


# --- through the pages ---


def test_home_asks_for_nothing_that_is_over(record, time_machine):
    time_machine.move_to("2026-07-08 12:00")
    Placement.objects.filter(pk=record.placement.pk).update(status="active")
    Timesheet.objects.filter(pk=record.waiting.pk).update(
        status="sent_back", decided_by=record.manager, decided_at="2026-05-09T12:00Z", reason="Breaks?"
    )
    Meeting.objects.filter(pk=record.meeting.pk).update(status="agreed", starts_at="2026-07-09T12:00Z")
    factories.SpellFactory(timesheet=record.draft, day=date(2026, 7, 7))
    asked = [
        "How ready do you feel?",
        "How do you see your own behaviour at work?",
        "Write something into your logbook",
        "Prepare your review meeting",
        "Look again at your week of 4 May",
    ]
    assert [says for says in asked_now(record) if says.startswith(tuple(asked))] == []
    record.signoff.reopen(by=record.coordinator, reason="A week was left out.")
    assert [says for says in asked if not any(step.startswith(says) for step in asked_now(record))] == []


def asked_now(record) -> list[str]:
    return [step.says for step in way_of(record.student, record.provider, date(2026, 7, 8)).asked]


def test_a_meeting_is_not_planned_any_more(record):
    path = f"/placements/{record.placement.pk}/meetings/new/"
    response = signed_in(record.tutor).post(path, {"title": "Extra", "due_on": "2026-05-06"})
    assert response.status_code == 409
    assert Meeting.objects.count() == 1


def test_the_receipt_says_that_it_is_frozen(record):
    text = signed_in(record.student).get("/hours/").content.decode()
    assert "Signed off on 12 August 2026: these figures are frozen" in text


def test_the_statement_of_hours_says_so_too(record):
    text = signed_in(record.student).get(f"/students/{record.student_record.pk}/statement/").content.decode()
    assert "Signed off on 12 August 2026: these figures are frozen." in text


def test_another_t_level_is_refused_and_another_name_is_not(record):
    student = Student.objects.get(pk=record.student_record.pk)
    student.entry_year = "2024/25"
    keeping.correct_student(student, {}, by=record.coordinator)
    student.tlevel = TLevel.objects.get(title="Finance")
    with pytest.raises(Refused, match=SAYS):
        keeping.correct_student(student, {}, by=record.coordinator)


def test_the_form_of_a_student_keeps_what_was_typed(record):
    student = record.student_record
    data = {
        "first_name": "Student", "last_name": "Reed", "email": student.user.email, "uln": student.uln, "phone": "",
        "born_on": "04/05/2007", "tlevel": TLevel.objects.get(title="Finance").pk, "entry_year": "2025/26",
        "tutor": record.tutor.pk,
    }  # fmt: skip
    response = signed_in(record.coordinator).post(f"/students/{student.pk}/edit/", data)
    assert SAYS in response.content.decode()
    assert Student.objects.get(pk=student.pk).tlevel.title == "Digital Software Development"


def test_imports_point_at_the_row(record):
    header = ["Student", "Employer name", "First day", "Last day", "Role"]
    row = ["student@cast.test", "Employer", "01/09/2026", "30/10/2026", "Office"]
    (found,) = preview(looked_at(record, "placements", csv_file(header, row)))
    assert found[1] == "wrong"
    assert SAYS in found[2]
    header = ["ULN", "First name", "Last name", "E-mail", "Date of birth", "T Level", "Year of entry"]
    row = ["9999999999", "Student", "Reed", "student@cast.test", "04/05/2007", "Finance", "2025/26"]
    (found,) = preview(looked_at(record, "students", csv_file(header, row)))
    assert SAYS in found[2]


# --- the figures ---


def test_newer_and_better_rules_change_no_figure_that_is_signed_off(record):
    rules = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Newer", max_employers=3)
    ApproachRule.objects.create(rule_set=rules, approach="remote")
    rebuild([record.student_record.pk])
    student = again(record.student_record)
    assert student.hours.rule_set.name == "2024/25"
    assert receipt_for(student, date(2026, 10, 1)).rules.name == "2024/25"


def test_totals_of_signed_off_students_cost_no_query_more(record, django_assert_num_queries):
    other = factories.StudentFactory(provider=record.provider)
    with django_assert_num_queries(8):
        rebuild([record.student_record.pk, other.pk])
    assert again(record.student_record).hours.stage == "signed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # the tests' SQLite lives in memory, where threads share one connection's locks
@pytest.mark.parametrize("round", range(3))
def test_a_week_approved_in_the_second_of_the_sign_off_is_in_it_or_not_approved(round, time_machine):
    time_machine.move_to("2026-08-12 12:00")
    cast = make_cast()
    student = complete(cast)
    week = factories.TimesheetFactory(placement=cast.placement, monday=date(2026, 5, 4))
    factories.SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    start = Barrier(2)

    def at_once(act):
        start.wait()
        try:
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    sheet = Timesheet.objects.with_people().get(pk=week.pk)
    acts = [lambda: signing.sign_off(student, by=cast.tutor), lambda: sheet.approve(by=cast.manager)]
    with ThreadPoolExecutor(2) as pool:
        refused = list(pool.map(at_once, acts))
    minutes = SignOff.objects.get().minutes
    assert (minutes, bool(refused[1])) in [(18900, True), (19320, False)]
    assert Timesheet.objects.get(pk=week.pk).status == ("approved" if minutes == 19320 else "handed_in")
