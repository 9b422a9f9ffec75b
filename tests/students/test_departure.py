"""A student leaves the T Level: who records it, what ends with it, where they are not any more, and taking it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from placements.ending.models import EarlyEnd, EndReason
from placements.finding.applying import put_forward, send_application
from placements.finding.models import Application, Find
from placements.hours.totals import refresh
from placements.models import Placement
from placements.setup.changing import add_placement
from placements.timesheets.models import Timesheet
from portal.asks.asking import ask
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.people.models import Membership, User
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.cohort.counting import count, is_due
from reviews.cohort.models import CURRENT, Cell
from reviews.meetings.models import Meeting
from reviews.risk.keeping import due, reckon
from reviews.risk.models import Standing
from reviews.signoff.signing import sign_off
from students.departure.acts import leave, take_back
from students.departure.forms import LeaveForm
from students.keeping import correct_student, move_student
from students.models import Student
from students.years import chosen_ones
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory, TimesheetFactory, many_students
from tests.pages import text_of, told
from tests.placements.access_concerns import late_concern_of
from tests.placements.finding_scenes import application_of, find_of, opportunity_of, seeker
from tests.reviews.meetings_ready import agreed_meeting
from tests.reviews.signoffs import proposed

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def ended(placement):
    Placement.objects.filter(pk=placement.pk).update(status="ended")
    return placement


@pytest.fixture
def student(cast):
    """Without anything that runs."""
    ended(cast.placement)
    cast.student_record.save()  # the totals follow
    return cast.student_record


@pytest.fixture
def gone(cast, student):
    return leave(student, on=ON, because="moved", note="To Leeds", by=cast.tutor)


def again(student) -> Student:
    return Student.objects.get(pk=student.pk)


def desk_of(user):
    return Membership.objects.get(user=user)


def main_of(response) -> str:
    """What stands between the frame of the page."""
    return text_of(response).partition("<main")[2].partition("</main>")[0]


def says(student) -> list[str]:
    return [event.says for event in Event.objects.about(student)]


# --- Recording it ---


def test_staff_record_that_a_student_left(cast, student):
    client, sent = signed_in(cast.coordinator), {"on": "20/11/2026", "because": "work", "note": "Joins a garage"}
    response = client.post(f"/students/{student.pk}/leave/", sent)
    assert told(response) == "It is recorded that Student Reed left the T Level."
    found = again(student)
    assert (found.left_on, found.left_because, found.left_note) == (ON, "work", "Joins a garage")
    assert says(student)[0] == (
        "recorded that the student left the T Level on 20 November 2026. "
        "Reason: Began a job or an apprenticeship. Joins a garage"
    )
    page = text_of(client.get(f"/students/{student.pk}/leave/", follow=True))  # there is nothing to record any more
    assert "The T Level was left on 20 November 2026" in page
    assert "The placement will not be completed." in page
    assert "Name, address and tutor can still be corrected: worries are answered all the same." in page


@pytest.mark.parametrize("who", ["student", "manager", "tutor2", "other_coordinator"])
def test_nobody_else_does(cast, student, who):
    with pytest.raises(PermissionDenied):
        leave(student, on=ON, because="work", by=getattr(cast, who))
    assert again(student).left_on is None


def test_what_runs_or_is_planned_is_settled_first(cast):
    PlacementFactory(
        student=cast.student_record,
        employer=cast.employer2,
        status="planned",
        first_on=date(2027, 1, 4),
        last_on=date(2027, 6, 30),
    )
    day = date(2026, 12, 3)
    facts = {"student": cast.student_record, "employer": cast.employer2, "status": "planned"}
    PlacementFactory(kind="taster", first_on=day, last_on=day, **facts)
    with pytest.raises(Refused) as refused:
        leave(cast.student_record, on=ON, because="work", by=cast.tutor)
    assert refused.value.reasons == [
        "The placement at Employer runs until 31 July 2026. End it first.",
        "The work taster at Employer2 on 3 December 2026 is planned. Remove it first.",
        "The placement at Employer2 from 4 January 2027 to 30 June 2027 is planned. Remove it first.",
    ]
    page = text_of(signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/leave/"))
    assert "Settle this first:" in page
    assert f'<a href="/placements/{cast.placement.pk}/end/">Open it' in page
    assert "Record it" not in page


WORK = {"on": "20/11/2026", "because": "work", "note": ""}


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"on": "20/11/2006"}, {"on": ["That is before the T Level began, in 2025/26."]}),
        ({"because": "other"}, {"note": ["Say in a few words why."]}),
        ({"because": ""}, {"because": ["Choose what comes closest."]}),
    ],
)
def test_a_wrong_day_or_reason_is_told_beside_its_field(wrong, errors):
    assert LeaveForm(WORK | wrong, student=Student(entry_year="2025/26")).errors == errors


def test_with_a_wrong_day_nothing_is_recorded(cast, student):
    page = signed_in(cast.tutor).post(f"/students/{student.pk}/leave/", WORK | {"on": "24/11/2026"})
    assert page.status_code == 422
    assert "This day is still to come. Record it once it has." in text_of(page)
    assert again(student).left_on is None


def test_it_is_recorded_once(cast, gone):
    with pytest.raises(SomebodyWasQuicker):
        leave(gone, on=ON, because="work", by=cast.coordinator)


def test_whoever_is_signed_off_does_not_leave(cast, student):
    Student.objects.filter(pk=student.pk).update(signed_off_at=timezone.now())
    with pytest.raises(Refused, match="This record was signed off"):
        leave(student, on=ON, because="work", by=cast.tutor)


@pytest.mark.database
def test_the_database_keeps_no_half_of_it(student):
    for fields in ({"left_on": ON}, {"left_because": "work"}, {"left_note": "Why"}, {"left_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Student.objects.filter(pk=student.pk).update(**fields)


# --- What ends with it ---


def test_open_applications_are_withdrawn(cast, student):
    applied = application_of(opportunity_of(cast), student, "offered")
    asked = put_forward(opportunity_of(cast, role="Tester"), student, words="", by=cast.tutor)
    found = find_of(student)
    leave(student, on=ON, because="moved", by=cast.tutor)
    assert {row.pk: row.status for row in Application.objects.all()} == {
        applied.pk: "withdrawn",
        asked.pk: "withdrawn",
    }
    assert Find.objects.get(pk=found.pk).status == "withdrawn"


def test_meetings_to_come_are_cancelled_and_people_hear(cast, student):
    meeting = agreed_meeting(cast)
    Notice.objects.all().delete()
    leave(student, on=ON, because="moved", by=cast.tutor)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.status, meeting.reason) == ("cancelled", "The student has left the T Level")
    assert cast.manager.email in Notice.objects.values_list("address", flat=True)


def test_special_consideration_is_withdrawn(cast, student):
    consideration = proposed(cast)
    leave(student, on=ON, because="moved", by=cast.coordinator)
    consideration.refresh_from_db()
    assert (consideration.status, consideration.withdrawn_because) == ("withdrawn", "The student has left the T Level")


def test_what_was_asked_by_mail_ends(cast, student):
    found = ask("goals", cast.placement, provider=cast.provider, to=cast.manager, by=cast.tutor)
    other = ask("goals", cast.placement2, provider=cast.provider, to=cast.manager2, by=cast.tutor2)
    leave(student, on=ON, because="moved", by=cast.tutor)
    assert list(Ask.objects.open()) == [other]
    assert not Ask.objects.get(pk=found.pk).is_alive()


def test_a_week_that_waits_waits_for_nobody(cast, student):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet
    week.refresh_from_db()
    week.hand_in(by=cast.student)
    assert again(student).hours.waiting_since
    leave(student, on=ON, because="moved", by=cast.tutor)
    hours = again(student).hours
    assert (hours.waiting, hours.waiting_since, hours.awaited_monday) == (420, None, None)
    assert list(Timesheet.objects.waiting()) == []


def test_nothing_of_the_record_changes_any_more(cast, gone):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet
    week.refresh_from_db()
    for act in (
        lambda: week.hand_in(by=cast.student),
        lambda: add_placement(Placement(student=gone, employer=cast.employer), by=cast.coordinator),
        lambda: put_forward(opportunity_of(cast), again(gone), words="", by=cast.tutor),
        lambda: send_application(opportunity_of(cast, role="B"), again(gone), note="", cv=None, by=cast.student),
        lambda: sign_off(gone, by=cast.tutor),
    ):
        with pytest.raises(Refused):
            act()
    assert not Placement.objects.with_people().get(pk=cast.placement.pk).moves(cast.tutor)


def test_an_application_that_was_turned_down_is_not_taken_up_again(cast, student):
    application = application_of(opportunity_of(cast), student, "not_successful")
    leave(student, on=ON, because="moved", by=cast.tutor)
    with pytest.raises(Refused, match="not looking for a place any more"):
        Application.objects.with_people().get(pk=application.pk).take_up_again(by=cast.manager)


# --- Where they are not any more ---


def test_what_needs_staff_of_them_is_their_worries_only(cast, student):
    find_of(student)
    student.tutor = None
    student.save()
    late_concern_of(cast)

    def needs():
        return {need.kind.name for need in needs_of_staff(desk_of(cast.coordinator), timezone.now())}

    before = needs()
    leave(student, on=ON, because="moved", by=cast.coordinator)
    assert before >= {"find", "concern_overdue"}
    assert needs() == {"concern_overdue"}


@pytest.mark.database
def test_they_have_no_standing_and_are_in_no_figure_of_the_cohort(cast, student):
    reckon(Student.objects.filter(provider=cast.provider).values_list("pk", flat=True))
    count(cast.provider.pk)
    assert Cell.objects.get(provider=cast.provider, entry_year=CURRENT, tlevel=0, tutor=0).students == 2
    leave(student, on=ON, because="moved", by=cast.tutor)
    later = timezone.now() + timedelta(minutes=2)
    assert student.pk not in due(later, 100)
    reckon([student.pk])  # as `rebuild_standings` does
    assert not Standing.objects.filter(pk=student.pk).exists()
    assert is_due(cast.provider.pk, later)
    count(cast.provider.pk, later)
    assert Cell.objects.get(provider=cast.provider, entry_year=CURRENT, tlevel=0, tutor=0).students == 1
    assert not is_due(cast.provider.pk, later + timedelta(minutes=2))
    page = signed_in(cast.coordinator).get("/cohort/students/")
    assert "Student2 Reed" in text_of(page)
    assert "Student Reed" not in text_of(page)


def test_that_the_placement_will_not_be_completed_stands_among_the_sign_offs(cast, gone):
    client = signed_in(cast.coordinator)
    page = text_of(client.get("/signoffs/?state=left"))
    assert "Placement will not be completed: left the T Level on 20 November 2026" in page
    page = text_of(client.get(f"/students/{gone.pk}/complete/"))
    assert "The placement will not be completed: the T Level was left on 20 November 2026" in page
    assert "What you can do" not in page


def test_the_student_reads_it_and_is_asked_for_no_place(cast, student):
    assert "Find a place" in text_of(signed_in(cast.student).get("/next/"))
    leave(student, on=ON, because="moved", by=cast.tutor)
    assert "Find a place" not in text_of(signed_in(cast.student).get("/next/"))
    home = text_of(signed_in(cast.student).get("/home/"))
    assert "You left the T Level on 20 November 2026, so nothing of your record changes any more." in home
    assert "If that is not right, tell Tutor Reed." in home
    assert "What comes next" not in home
    assert "Hand in each week" not in text_of(signed_in(cast.student).get("/complete/"))


def test_the_home_of_whoever_had_no_placement_says_it_as_well(cast):
    seeking = seeker(cast)
    leave(seeking, on=ON, because="moved", by=cast.tutor)
    home = text_of(signed_in(seeking.user).get("/home/"))
    assert "You left the T Level on 20 November 2026" in home
    assert "Find a place" not in home


def test_no_page_of_finding_a_place_offers_them_a_form(cast, student):
    opportunity, other = opportunity_of(cast), opportunity_of(cast, role="Tester")
    find, application = find_of(student), application_of(other, student, "not_successful")
    leave(student, on=ON, because="moved", by=cast.tutor)
    board = f"/finding/{student.pk}/"
    forms = {
        "student": [f"/places/{opportunity.pk}/apply/", "/finds/add/", f"/finds/{find.pk}/edit/"],
        "tutor": [f"{board}forward/{opportunity.pk}/"],
    }
    reads = {
        "student": ["/places/", f"/places/{opportunity.pk}/", "/applications/", f"/finds/{find.pk}/"],
        "tutor": [board],
    }
    says = {"student": "You left", "tutor": "The T Level was left"}
    for who, pages in reads.items():
        for address in pages + forms[who]:
            page = main_of(signed_in(getattr(cast, who)).get(address))
            assert [words for words in ['method="post"', *forms[who]] if words in page] == [], address
            assert says[who] in page, address
            if who == "tutor":
                assert f'<a href="/students/{student.pk}/">Take it back</a>' in page
                assert "Without a place for" not in page
    page = signed_in(cast.tutor).get(f"/applications/{application.pk}/")
    assert "Take up again" not in text_of(page)


def test_what_was_typed_about_an_employer_found_stays_and_is_refused(cast, gone):
    sent = {
        "name": "Harbour", "role": "Help", "town": "Northfield", "first_on": "04/01/2027", "last_on": "30/04/2027",
        "contact_first_name": "Ann", "contact_last_name": "Lee", "contact_email": "ann@harbour.test",
    }  # fmt: skip
    page = signed_in(cast.student).post("/finds/add/", sent)
    assert page.status_code == 422
    assert 'value="ann@harbour.test"' in text_of(page)
    assert not Find.objects.exists()


def test_the_board_counts_no_days_and_no_openings_for_them(cast, gone):
    opportunity_of(cast)
    [row] = signed_in(cast.tutor).get("/finding/?year=left&show=all").context["page"]
    assert (row.days_without, row.openings) == (None, 0)


def test_their_name_and_tutor_can_be_corrected_and_what_hours_follow_from_cannot(cast, gone):
    gone.has_send = True
    with pytest.raises(Refused, match="The T Level was left"):
        correct_student(gone, {}, by=cast.coordinator)
    correct_student(again(gone), {"last_name": "Reid"}, by=cast.coordinator)
    move_student(again(gone), cast.tutor2, by=cast.coordinator)
    assert (again(gone).user.last_name, again(gone).tutor) == ("Reid", cast.tutor2)


# --- The early end that leads to it ---


def early_end(cast, **more) -> EarlyEnd:
    reason = EndReason.objects.first()
    facts = {"asked_by": "student", "reason": reason, "reason_wording": reason.wording, "last_on": date(2026, 7, 1)}
    facts |= {"counted": 0, "waiting": 0, "next_step": "leaves"} | more
    return EarlyEnd.objects.create(placement=cast.placement, **facts)


def needs_named(cast, name: str) -> list[int]:
    return [need.thing for need in needs_of_staff(desk_of(cast.tutor), timezone.now()) if need.kind.name == name]


def test_an_early_end_leads_to_it(cast):
    answers = {
        "asked_by": "student", "reason": EndReason.objects.get(number=6).pk, "words": "Goes to work",
        "last_on": "2026-07-01", "next_step": "leaves", "next_words": "", "next_on": "", "told_text": "Thank you.",
    }  # fmt: skip
    page = signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/end/", answers, follow=True)
    assert page.redirect_chain == [(f"/students/{cast.student_record.pk}/leave/", 302)]
    assert "Now record that the student leaves the T Level." in text_of(page)
    assert needs_named(cast, "early_end_leaves") == [cast.student_record.pk]


def test_staff_are_reminded_until_it_is_recorded(cast, student):
    early = early_end(cast)
    assert needs_named(cast, "early_end_leaves") == [student.pk]
    assert "Record that Student Reed has left" in text_of(signed_in(cast.tutor).get(f"/early-ends/{early.pk}/"))
    leave(student, on=ON, because="moved", by=cast.tutor)
    assert needs_named(cast, "early_end_leaves") == []
    page = text_of(signed_in(cast.tutor).get(f"/early-ends/{early.pk}/"))
    assert "It is recorded that the student left the T Level" in page
    assert "Record that Student Reed has left" not in page


# --- Taking it back ---


def test_it_can_be_taken_back(cast, gone):
    response = signed_in(cast.tutor).post(f"/students/{gone.pk}/return/")
    assert told(response).startswith("Taken back: Student Reed is on the T Level.")
    found = again(gone)
    assert (found.left_on, found.left_because, found.left_note, found.left_at) == (None, "", "", None)
    assert says(gone)[0] == "took back that the student left the T Level on 20 November 2026"
    assert gone.pk in due(timezone.now(), 100)
    assert found in chosen_ones(Student.objects.all(), None)
    add_placement(PlacementFactory.build(student=found, employer=cast.employer2), by=cast.coordinator)


def test_it_is_taken_back_once_and_by_staff(cast, gone):
    with pytest.raises(PermissionDenied):
        take_back(gone, by=cast.tutor2)
    take_back(gone, by=cast.coordinator)
    with pytest.raises(SomebodyWasQuicker):
        take_back(gone, by=cast.tutor)


# --- The years ---


@pytest.fixture
def years(cast):
    """Students without a placement, by their year of entry: 2023/24 is signed off, and 2026/27 left."""
    entered = ("2023/24", "2024/25", "2025/26", "2026/27", "2027/28")
    students = many_students(len(entered), provider=cast.provider, tutor=cast.tutor)
    for student, year in zip(students, entered, strict=True):
        student.entry_year, student.user.first_name = year, f"Of{year[:4]}"
    students[0].signed_off_at = timezone.now()
    Student.objects.bulk_update(students, ["entry_year", "signed_off_at"])
    User.objects.bulk_update([student.user for student in students], ["first_name"])
    refresh(*[student.pk for student in students])
    leave(students[3], on=ON, because="moved", by=cast.tutor)
    return dict(zip(entered, students, strict=True))


def first_names(students) -> list[str]:
    return sorted(row.name.split()[0] for row in students if row.name.startswith("Of"))


def test_students_are_shown_by_year(years):
    """On 23 November 2026: whoever began in 2024/25 could be certificated with the others until 31 October."""
    asked = {
        "": ["Of2025", "Of2027"],
        "2024/25": ["Of2024"],
        "2026/27": [],
        "over": ["Of2024"],
        "left": ["Of2026"],
        "all": ["Of2023", "Of2024", "Of2025", "Of2026", "Of2027"],
    }
    students = Student.objects.select_related("user")
    assert {year: first_names(chosen_ones(students, year)) for year in asked} == asked


@pytest.mark.parametrize(
    ("who", "address"),
    [("tutor", "/caseload/"), ("coordinator", "/students/"), ("tutor", "/finding/"), ("coordinator", "/readiness/")],
)
def test_lists_show_those_on_their_course_and_to_come_and_find_who_left(cast, years, who, address):
    client = signed_in(getattr(cast, who))
    assert first_names(client.get(f"{address}?year=").context["page"]) == ["Of2025", "Of2027"]
    page = client.get(f"{address}?year=left" + "&show=all" * (address == "/finding/"))
    assert first_names(page.context["page"]) == ["Of2026"]
    if address in ("/caseload/", "/students/"):
        assert "Left the T Level on 20 November 2026" in text_of(page)


@pytest.mark.parametrize(("who", "home"), [("tutor", "/caseload/"), ("coordinator", "/students/")])
def test_one_line_says_whose_course_is_over_without_a_sign_off(cast, years, who, home):
    client = signed_in(getattr(cast, who))
    page = client.get(home)
    assert "The course of 1 student is over, and nobody signed them off or recorded that they left." in text_of(page)
    assert '<a href="?year=over#students">' in page.text
    leave(years["2024/25"], on=ON, because="moved", by=getattr(cast, who))
    page = client.get(home)
    assert "is over, and nobody" not in text_of(page)
    if who == "coordinator":
        figures = {label: number for label, _, number, _ in page.context["figures"]}
        assert figures["students"] == "4"  # those on their course, with the two of the cast
        assert figures["without a placement"] == "2"


def test_reports_are_for_those_on_their_course(cast, years):
    page = text_of(signed_in(cast.coordinator).get("/reports/"))
    assert "Of2025" in page
    assert "Of2024" not in page
