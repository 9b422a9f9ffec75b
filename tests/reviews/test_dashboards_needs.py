"""'Needs you now' on the tutor's home: every reason through real states, and only one's own students."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from employers.checks.models import Check, CheckKind
from placements.concerns.models import Concern, ConcernKind
from placements.hours.totals import gathered
from placements.induction.models import Induction
from placements.models import Placement
from placements.timesheets.models import Absence, AbsenceKind, Flag
from reviews.dashboards.caseload_needs import needs_of
from reviews.dashboards.needs import KindForm, Need
from reviews.dashboards.queries import listed, students_of
from reviews.dashboards.rows import rows_of
from reviews.meetings.models import Meeting
from students.tlevels.rules import rule_sets
from tests.conftest import signed_in
from tests.factories import (
    EmployerFactory,
    PlacementFactory,
    SpellFactory,
    StudentFactory,
    TimesheetFactory,
    many_placements,
    many_students,
)
from tests.ready import cast_and_next

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
WEDNESDAY_AFTER = "2026-03-11T10:00"
CALM = "Nothing. Every week that is over is handed in"


def at(moment: str):
    return time_machine.travel(f"{moment}Z", tick=False)


def write_week(placement, monday=MONDAY, **spell):
    timesheet = TimesheetFactory(placement=placement, monday=monday, minutes=420)
    SpellFactory(timesheet=timesheet, day=monday, **spell)
    return timesheet


def hand_in(placement, moment: str, monday=MONDAY, **spell):
    with at(moment):
        timesheet = write_week(placement, monday, **spell)
        timesheet.hand_in(by=placement.student.user)
    Induction.objects.filter(placement=placement).update(third_day_on=None)  # overdue ones are tested in their room
    return timesheet


def home(user, moment="2026-03-09T10:00"):
    with at(moment):
        return signed_in(user).get(reverse("tutor_home"))


def needed(user, moment="2026-03-09T10:00") -> list[Need]:
    """The lines that a caseload gives; what rooms say is tested with them."""
    with at(moment):
        desk = user.desks[0]
        students = students_of(desk, user).order_by().values("pk")
        rows = rows_of(listed(desk, students, "name", flags=False), timezone.localdate())
        return needs_of(rows, timezone.now())


def needs(user, moment="2026-03-09T10:00") -> list[tuple[str, str, str]]:
    """(kind, who, what is said) of each of these lines."""
    return [(need.kind, need.who, need.says) for need in needed(user, moment)]


def test_a_week_is_missing_two_days_after_it_is_over_and_can_be_recorded_from_paper(cast):
    says = "The week of 2 March is not handed in"
    assert needs(cast.tutor, "2026-03-10T22:00") == []
    assert needs(cast.tutor, "2026-03-11T00:30") == [("missing", "Student Reed", says)]
    html = home(cast.tutor, WEDNESDAY_AFTER).content.decode()
    assert f'href="/placements/{cast.placement.pk}/paper-weeks/2026-03-02/"' in html


def test_a_week_that_was_only_written_is_not_handed_in(cast):
    write_week(cast.placement)
    says = "The week of 2 March is written, but not handed in"
    assert needs(cast.tutor, WEDNESDAY_AFTER) == [("missing", "Student Reed", says)]


def test_several_missing_weeks_stand_in_one_line_and_many_are_counted(cast):
    says = "The weeks of 2 March, 9 March and 16 March are not handed in"
    assert needs(cast.tutor, "2026-03-25T10:00") == [("missing", "Student Reed", says)]
    says = "4 weeks, 2 March to 23 March, are not handed in"
    assert needs(cast.tutor, "2026-04-01T10:00") == [("missing", "Student Reed", says)]


def test_missing_weeks_after_one_that_is_in_are_found(cast):
    hand_in(cast.placement, "2026-03-06T17:00").approve(by=cast.manager)
    says = "The week of 9 March is not handed in"
    assert needs(cast.tutor, "2026-03-18T10:00") == [("missing", "Student Reed", says)]


def test_a_week_of_absences_is_not_missing(cast):
    for n in range(5):
        Absence.objects.create(placement=cast.placement, day=MONDAY + timedelta(days=n), kind=AbsenceKind.SICK)
    assert needs(cast.tutor, WEDNESDAY_AFTER) == []


def test_each_of_two_placements_has_its_own_missing_week(cast):
    second = PlacementFactory(student=cast.student_record, employer=EmployerFactory(provider=cast.provider))
    hand_in(cast.placement, "2026-03-06T17:00")
    [need] = needed(cast.tutor, WEDNESDAY_AFTER)
    assert (need.kind, need.where) == ("missing", second.employer.name)


def test_something_unusual_is_shown_until_it_is_noted(cast):
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    timesheet = hand_in(cast.placement, "2026-03-06T17:00", starts=time(7), finishes=time(18))
    flag = timesheet.flags.get()
    assert needs(cast.tutor) == [("flag", "Student Reed", flag.says)]
    page = home(cast.tutor)
    assert [row.flags for row in page.context["page"]] == [1]
    assert f'action="/flags/{flag.pk}/seen/"' in page.content.decode()
    with at("2026-03-09T11:00"):
        tutor = signed_in(cast.tutor)
        answer = tutor.post(f"/flags/{flag.pk}/seen/", {"note": "Talked to both", "then": "home"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/caseload/"
    assert answer.context["needs"] == []
    assert CALM in answer.content.decode()
    flag.refresh_from_db()
    assert (flag.seen_by, flag.seen_note) == (cast.tutor, "Talked to both")


def test_a_week_with_two_flags_is_sent_back_once(cast):
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    timesheet = hand_in(cast.placement, "2026-03-06T17:00", starts=time(5), finishes=time(18), break_minutes=0)
    assert timesheet.flags.count() > 1
    with at("2026-03-07T10:00"):
        timesheet.send_back(by=cast.manager, reason="That is too long")
    kinds = [kind for kind, _, _ in needs(cast.tutor, "2026-03-10T10:00")]
    assert kinds == ["flag"] * timesheet.flags.count() + ["sent_back"]


def test_a_week_that_came_back_is_shown_until_it_is_handed_in_again(cast):
    timesheet = hand_in(cast.placement, "2026-03-06T17:00")
    with at("2026-03-07T10:00"):
        timesheet.send_back(by=cast.manager, reason="You left at three")
    says = "The week of 2 March came back on 7 March, not handed in again: “You left at three”"
    assert needs(cast.tutor, "2026-03-09T10:00") == []  # a Monday: the student has two working days for it
    assert needs(cast.tutor, "2026-03-10T10:00") == [("sent_back", "Student Reed", says)]
    page = home(cast.tutor, "2026-03-10T10:00").content.decode()
    assert f'href="/weeks/{timesheet.pk}/"' in page
    assert f'action="/students/{cast.student_record.pk}/hours/remind/"' in page
    with at("2026-03-10T11:00"):
        timesheet.hand_in(by=cast.student)
    assert needs(cast.tutor, "2026-03-10T11:00") == []


def test_a_week_not_answered_for_five_days_is_shown_with_the_way_to_mail_the_link_again(cast):
    hand_in(cast.placement, "2026-03-04T10:00")
    assert needs(cast.tutor, "2026-03-09T09:59") == []
    assert needs(cast.tutor, "2026-03-09T10:00") == [
        ("unanswered", "Manager Reed", "Not answered for 5 days: Student Reed, the week of 2 March")
    ]
    html = home(cast.tutor).content.decode()
    assert f'action="/placements/{cast.placement.pk}/approver/send/"' in html
    assert "Sent again" not in html


def test_the_mail_is_sent_again_from_the_dashboard_which_says_so(cast):
    hand_in(cast.placement, "2026-03-04T10:00")
    with at("2026-03-09T10:00"):
        path = f"/placements/{cast.placement.pk}/approver/send/"
        answer = signed_in(cast.tutor).post(path, {"then": "home"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/caseload/"
    assert [str(message) for message in answer.context["messages"]] == [
        "A mail with the link is on its way to Manager Reed."
    ]
    assert "Sent again today." in answer.content.decode()
    assert [need.reminded for need in needed(cast.tutor, "2026-03-10T10:00")] == ["Sent again on 9 March."]
    Placement.objects.filter(pk=cast.placement.pk).update(manager=cast.manager2)
    assert [need.reminded for need in needed(cast.tutor, "2026-03-10T10:00")] == [""]


def test_weeks_that_wait_for_one_manager_stand_in_one_line(cast):
    student = StudentFactory(provider=cast.provider, tutor=cast.tutor, user__first_name="Ada", user__last_name="Ng")
    other = PlacementFactory(student=student, employer=cast.employer, manager=cast.manager)
    hand_in(cast.placement, "2026-03-03T10:00")
    hand_in(other, "2026-03-03T11:00")
    says = "Not answered for 6 days: Student Reed, the week of 2 March; Ada Ng, the week of 2 March"
    assert needs(cast.tutor) == [("unanswered", "Manager Reed", says)]


def test_a_week_that_waits_for_nobody_asks_for_an_approver(cast):
    hand_in(cast.placement, "2026-03-03T10:00")
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    says = "No line manager is named, so that nobody can approve: Student Reed, the week of 2 March"
    assert needs(cast.tutor) == [("nobody", "Employer", says)]


def planned(cast, **facts):
    return PlacementFactory(
        student=cast.student_record2, employer=cast.employer2, status=Placement.Status.PLANNED, **facts
    )


def test_a_placement_about_to_start_says_what_it_lacks(cast):
    placement = planned(cast, first_on=date(2026, 3, 16), manager=None, weekdays=[])
    lacks = "line manager, days and times, employer checks, learning goals, agreement"
    says = f"The first day is 16 March. Not settled yet: {lacks}."
    assert ("start", "Student2 Reed", says) in needs(cast.tutor2)
    assert f'href="/placements/{placement.pk}/"' in home(cast.tutor2).content.decode()


def starts(user, moment) -> list[str]:
    """What is said of placements that are about to start."""
    return [says for kind, _, says in needs(user, moment) if kind == "start"]


def test_a_placement_that_is_ready_needs_nobody_and_one_thing_that_it_lacks_is_said_in_full(db):
    cast = cast_and_next()
    assert starts(cast.tutor, "2026-08-31T10:00") == []
    Placement.objects.filter(pk=cast.to_come.pk).update(manager=None)
    says = "No line manager is named. The tutor or the placement office can choose one."
    assert starts(cast.tutor, "2026-08-31T10:00") == [f"The first day is 7 September. {says}"]
    assert starts(cast.tutor, "2026-09-08T10:00") == [f"The first day was to be 7 September. {says}"]


def test_a_placement_far_away_needs_nobody(cast):
    planned(cast, first_on=date(2026, 3, 24), manager=None)
    assert starts(cast.tutor2, "2026-03-09T10:00") == []


def test_the_most_urgent_comes_first_then_the_oldest(cast):
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    hand_in(cast.placement, "2026-03-04T10:00", starts=time(7), finishes=time(18))
    with gathered():
        for number, first_on in enumerate([date(2026, 3, 9), date(2026, 3, 2)]):
            student = StudentFactory(provider=cast.provider, tutor=cast.tutor, user__first_name=f"Late{number}")
            PlacementFactory(student=student, first_on=first_on)
    assert [(need.kind, need.who.split()[0]) for need in needed(cast.tutor, "2026-03-18T10:00")] == [
        ("flag", "Student"),
        ("unanswered", "Manager"),
        ("missing", "Late1"),
        ("missing", "Late0"),
        ("missing", "Student"),
    ]


def test_worries_come_first_then_weeks_then_red_lines_then_what_can_wait(cast):
    PlacementFactory(student=StudentFactory(provider=cast.provider, tutor=cast.tutor), status="planned", manager=None)
    Meeting.objects.create(placement=cast.placement, title="Review", due_on=date(2026, 3, 1))
    kind = CheckKind.objects.create(provider=cast.provider, title="Insurance")
    Check.objects.create(
        employer=cast.employer, kind=kind, checked_on=date(2025, 3, 1), expires_on=date(2026, 3, 1), checked_by="Cora"
    )
    worry = ConcernKind.objects.filter(is_accident=False).first()
    due = timezone.make_aware(datetime(2026, 3, 20, 12))
    Concern.objects.create(provider=cast.provider, student=cast.student_record, kind=worry, due_at=due)
    needed = home(cast.tutor, WEDNESDAY_AFTER).context["needs"]
    found = [need.room.name if need.kind == "room" else need.kind for need in needed]
    assert found == ["concern_open", "missing", "check_lapsed", "start", "meeting_due"]


def test_a_flag_stands_open_beneath_a_worry_about_the_same_student(cast):
    week = hand_in(cast.placement, "2026-03-06T17:00")
    flag = Flag.objects.create(timesheet=week, code="long_day", day=MONDAY, says="9 h on one day.")
    Meeting.objects.create(placement=cast.placement, title="Review", due_on=date(2026, 3, 1))
    worry = ConcernKind.objects.filter(is_accident=False).first()
    due = timezone.make_aware(datetime(2026, 3, 20, 12))
    Concern.objects.create(provider=cast.provider, student=cast.student_record, kind=worry, due_at=due)
    page = home(cast.tutor, "2026-03-09T10:00")
    [group] = page.context["groups"]
    assert group.first.room.name == "concern_open"
    assert [need.says for need in group.flags] == ["9 h on one day."]
    assert [need.room.name for need in group.others] == ["meeting_due"]
    html = page.content.decode()
    assert html.index("9 h on one day.") < html.index(f'action="/flags/{flag.pk}/seen/"') < html.index("And 1 more")


def test_nobody_elses_students_are_shown(cast):
    missing = [("missing", "Student2 Reed", "The week of 2 March is not handed in")]
    assert needs(cast.tutor2, WEDNESDAY_AFTER) == missing
    hand_in(cast.placement2, "2026-03-06T17:00")
    assert needs(cast.tutor2, WEDNESDAY_AFTER) == []
    assert needs(cast.other_tutor, WEDNESDAY_AFTER) == [
        ("missing", "Other Student Reed", "The week of 2 March is not handed in")
    ]


def test_more_than_eight_students_fold_away(cast):
    students = many_students(9, provider=cast.provider, tutor=cast.tutor)
    many_placements(students, employer=cast.employer, manager=cast.manager)
    page = home(cast.tutor, WEDNESDAY_AFTER)
    assert len(page.context["groups"]) == 10
    assert "Show 2 more" in page.content.decode()


def test_all_about_one_student_stands_together_the_most_urgent_first_the_others_folded(cast):
    week = hand_in(cast.placement, "2026-03-06T17:00", break_minutes=0)
    Flag.objects.create(timesheet=week, code="long_day", day=MONDAY, says="9 h on one day.")
    PlacementFactory(student=cast.student_record, employer=EmployerFactory(provider=cast.provider), last_on=MONDAY)
    page = home(cast.tutor, "2026-03-16T10:00")
    [group] = [group for group in page.context["groups"] if group.first.who == "Student Reed"]
    assert group.first.kind == "flag"
    assert {need.kind for need in group.others} >= {"missing"}
    html = " ".join(page.content.decode().split())
    assert f'And {len(group.others)} more<span class="visually-hidden"> about Student Reed</span>' in html
    for need in group.others:
        assert need.url in html


def test_a_coordinator_sees_the_first_and_finds_the_rest_on_a_page_of_their_own(cast, monkeypatch):
    monkeypatch.setattr("reviews.dashboards.views.homes.FIRST_NEEDS", 4)
    monkeypatch.setattr("reviews.dashboards.views.homes.PAGE", 5)
    Meeting.objects.bulk_create(
        Meeting(placement=cast.placement, title=f"Review {n}", due_on=date(2026, 3, 1)) for n in range(12)
    )
    with at("2026-03-09T10:00"):
        client = signed_in(cast.coordinator)
        page = client.get(reverse("coordinator_home"))
        assert sum(1 + len(group.others) for group in page.context["groups"]) == 4
        assert f'<a href="{reverse("need_list")}">' in page.content.decode()
        response = client.get(reverse("need_list") + "?kind=meeting_due&page=3")
    assert len(response.context["page"].object_list) == 2
    assert "12 things, the most urgent first" in " ".join(response.content.decode().split())


def test_few_needs_need_no_page_of_their_own(cast):
    with at("2026-03-09T10:00"):
        html = signed_in(cast.coordinator).get(reverse("coordinator_home")).content.decode()
    assert "Everything that needs you" not in html


def test_the_list_of_needs_says_how_many_there_are_of_each_kind(cast):
    Meeting.objects.create(placement=cast.placement, title="All well?", due_on=date(2026, 3, 1))
    with at("2026-03-09T10:00"):
        html = signed_in(cast.coordinator).get(reverse("need_list")).content.decode()
    assert '<option value="meeting_due">A review meeting is due (1)</option>' in html
    assert "A review meeting is due, offer dates or set one: All well?<" in html


def test_nothing_needed_and_nonsense_asked_for(cast):
    with at("2026-03-02T10:00"):
        Placement.objects.all().update(status="ended")
        client = signed_in(cast.other_coordinator)
        assert "Nothing needs you now" in client.get(reverse("need_list")).content.decode()
        for kind in ("nonsense", "\0", "x" * 3000):
            assert KindForm([], {"kind": kind}).chosen() == ""
        assert client.get(reverse("need_list") + "?kind=%00&page=999").status_code == 200


@pytest.mark.database
def test_the_list_of_needs_takes_four_queries(cast, django_assert_num_queries):
    with at("2026-03-09T10:00"):
        client = signed_in(cast.coordinator)
        rule_sets()  # are kept in memory
        for rows in (range(1), range(1, 3)):
            Meeting.objects.bulk_create(
                Meeting(placement=cast.placement, title=f"Review {n}", due_on=date(2026, 3, 1)) for n in rows
            )
            with django_assert_num_queries(4):  # session, person, how many of each kind, the lines
                client.get(reverse("need_list"))


def test_a_tutor_without_students_is_told_so(cast):
    cast.student_record.tutor = cast.tutor2
    cast.student_record.save()
    page = home(cast.tutor).content.decode()
    assert "Nothing yet. What your students" in page
    assert "No students yet" in page
