"""Placements by hand: found, added step by step, changed, started, ended, taken up again, removed."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from placements.models import PatternDay, Placement
from placements.setup.changing import change_placement, set_pattern
from placements.setup.filters import PlacementFilter, in_order
from placements.setup.forms import PlacementAddForm, PlacementEditForm, ResumeForm
from placements.starting import missing_in, tasks_of
from portal.history.models import Event
from portal.people.models import Role
from portal.workflow import SomebodyWasQuicker
from reviews.dashboards.needs import needs_in_rooms
from students.models import Student
from tests.conftest import signed_in
from tests.factories import (
    LineManagerFactory,
    MembershipFactory,
    PlacementFactory,
    SiteFactory,
    SpellFactory,
    TimesheetFactory,
    many_placements,
    many_students,
)
from tests.pages import said
from tests.ready import cast_and_next

pytestmark = pytest.mark.django_db
Status = Placement.Status


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-03-18 12:00")


def rows(response):
    return [str(placement) for placement in response.context["page"]]


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


# --- The list ---


def test_a_tutor_sees_the_own_caseload_and_a_coordinator_the_provider(cast):
    page = signed_in(cast.tutor).get("/placements/")
    assert rows(page) == ["Student Reed at Employer"]
    assert "tutor" not in page.context["filter"].form.fields
    assert sorted(rows(signed_in(cast.coordinator).get("/placements/"))) == [
        "Student Reed at Employer",
        "Student2 Reed at Employer2",
    ]


FOUND_BACKWARDS = ["Student2 Reed at Employer2", "Student Reed at Employer"]
FOUND = [
    ("q=student2", ["Student2 Reed at Employer2"]),
    ("q=reed+employer2", ["Student2 Reed at Employer2"]),
    ("status=ended", []),
    ("until=2026-03-01", []),
    ("since=2026-08-01", []),
    ("since=2026-07-31&until=2026-07-31&sort=student", ["Student Reed at Employer", "Student2 Reed at Employer2"]),
    ("sort=-employer", FOUND_BACKWARDS),
    ("since=yesterday&q=student2", ["Student2 Reed at Employer2"]),
]


def found_by(cast, asked: str) -> list[str]:
    """What the placement office finds with this in the address."""
    data = QueryDict(asked)
    chosen = PlacementFilter(data, Placement.objects.filter(provider=cast.provider), desk=cast.coordinator.desks[0])
    return [str(placement) for placement in in_order(chosen.qs, data.get("sort", "")).with_people()]


def test_placements_are_found(cast):
    for asked, found in FOUND:
        assert found_by(cast, asked) == found, asked
    assert found_by(cast, f"tutor={cast.tutor2.pk}") == ["Student2 Reed at Employer2"]
    assert len(found_by(cast, f"tlevel={cast.student_record.tlevel_id}")) == 2
    assert rows(signed_in(cast.coordinator).get("/placements/?sort=-employer&tutor=1x")) == FOUND_BACKWARDS


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_takes_seven_queries(cast, more, django_assert_num_queries):
    students = many_students(more, provider=cast.provider, tutor=cast.tutor)
    many_placements(students, employer=cast.employer, manager=cast.manager)
    client = signed_in(cast.coordinator)
    with django_assert_num_queries(7):
        client.get("/placements/")


def test_an_empty_list_leads_to_the_first_placement(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)
    page = signed_in(cast.tutor).get("/placements/").content.decode()
    assert "No placement yet" in page
    assert 'href="/placements/add/"' in page


# --- One placement ---


def detail(user, placement):
    return signed_in(user).get(f"/placements/{placement.pk}/")


def test_staff_see_everything_about_it_and_how_its_weeks_stand(cast):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, minutes=420)).timesheet
    week.hand_in(by=cast.student)
    page = detail(cast.tutor, cast.placement).content.decode()
    assert "On placement until 31 July 2026" in page
    assert "Mon to Fri 09:00 to 17:00" in page
    assert "35 h a week" in page
    assert "manager@cast.test" in page
    assert "Week of 2 March 2026" in page
    assert "Week of 16 March 2026" in page
    assert "Week of 23 March 2026" not in page
    assert "7 h recorded, 35 h agreed" in page
    assert "Sent to Manager Reed on 18 March, not answered yet" in page
    assert f'href="/weeks/{week.pk}/"' in page


def test_the_manager_sees_neither_number_nor_birthday_nor_needs_nor_drafts_nor_history(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(uln="9276308686", has_send=True)
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, minutes=420))
    cast.placement.end(by=cast.tutor, reason="A private matter")
    page = detail(cast.manager, cast.placement).content.decode()
    assert "Student Reed" in page
    hidden = ["9276308686", "2007", "special educational", "A private matter", "Week of", "History", "/edit/"]
    assert [words for words in [*hidden, "/students/"] if words in page] == []


def test_the_student_sees_it_and_may_change_nothing(cast):
    cast.placement.end(by=cast.tutor, reason="The contract ended")
    page = detail(cast.student, cast.placement).content.decode()
    assert "The contract ended" in page
    assert "/edit/" not in page
    assert "/employers/" not in page


def test_what_is_missing_is_said_with_who_can_settle_it(cast):
    placement = PlacementFactory(
        student=cast.student_record, manager=None, status=Status.PLANNED, first_on=date(2026, 9, 1),
        last_on=date(2026, 12, 1), weekdays=[],
    )  # fmt: skip
    page = detail(cast.tutor, placement).content.decode()
    assert "No line manager is named. The tutor or the placement office can choose one." in page
    assert "There is no working pattern." in page
    assert f'href="/placements/{placement.pk}/pattern/"' in page


def test_the_page_of_a_placement_takes_as_many_queries_at_one_week_as_at_three(cast):
    """Session, person, placement, days, weeks, the figures of all rooms, history."""
    client, taken = signed_in(cast.tutor), []
    decided = {"handed_in_by": cast.student, "decided_by": cast.manager} | dict.fromkeys(
        ("handed_in_at", "decided_at"), timezone.now()
    )
    for number in range(3):
        monday = date(2026, 3, 2) + timedelta(weeks=number)
        week = TimesheetFactory(placement=cast.placement, monday=monday, **decided)
        SpellFactory(timesheet=week)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/placements/{cast.placement.pk}/")
            taken.append(len(queries))
    assert taken == [7, 7]


@pytest.fixture
def ready(db):
    """The cast, with a placement `to_come` that lacks nothing."""
    return cast_and_next()


@pytest.mark.database
@pytest.mark.parametrize(("who", "number"), [("tutor", 13), ("student", 10), ("manager", 9)])
def test_the_page_of_a_planned_placement_asks_once_for_what_several_rooms_say(
    ready, who, number, django_assert_num_queries
):
    """Session, person, placement, days; checks, goals, agreement, its answers; the figures of all rooms, history.

    Staff see what is advice as well: readiness, adjustments, arrangements.
    """
    client = signed_in(getattr(ready, who))
    with django_assert_num_queries(number):
        page = client.get(f"/placements/{ready.to_come.pk}/")
    said = {entry.title: entry.says for entry in page.context["rooms"]}
    assert (said["Learning goals"], said["Agreement"]) == ("2 goals", "Agreed by everybody concerned.")
    assert [task.title for task in page.context["tasks"] if not task.required] == (
        ["Role and departments", "Ready for the placement", "Adjustments to share", "Before day one"]
        if who == "tutor"
        else []
    )


def test_the_guided_path_says_when_everything_is_settled_and_takes_eleven_queries(ready, django_assert_num_queries):
    assert ready.to_come.missing_before_start() == []
    client = signed_in(ready.tutor)
    with django_assert_num_queries(11):
        page = client.get(f"/placements/{ready.to_come.pk}/setup/")
    assert "Everything that is needed is settled." in page.text


@pytest.mark.parametrize("more", [0, 2])
def test_what_keeps_placements_from_starting_takes_four_queries(ready, more, django_assert_num_queries):
    days = {"first_on": date(2026, 9, 7), "last_on": date(2026, 12, 18)}
    students = [ready.student_record2, ready.other_student_record][:more]
    others = [PlacementFactory(student=student, status=Status.PLANNED, **days) for student in students]
    keys = [placement.pk for placement in (ready.to_come, *others)]
    found = list(Placement.objects.filter(pk__in=keys).with_people().prefetch_related("pattern_days"))
    with django_assert_num_queries(4):
        tasks = tasks_of(found)
    assert missing_in(tasks[ready.to_come.pk]) == []
    assert all(task.required for task in tasks[ready.to_come.pk])


def test_what_is_missing_is_told_as_it_is_now(ready):
    """However long the record was held: what changed meanwhile keeps it from starting."""
    to_come = ready.to_come
    assert to_come.missing_before_start() == []
    to_come.goals.all().delete()
    Student.objects.filter(pk=to_come.student_id).update(tutor=None)
    assert to_come.missing_before_start() == [
        "The student has no tutor. The placement office can choose one.",
        "No learning goal is written. The tutor or the placement office can write them with the employer.",
        "The agreement was signed for other facts. The tutor or the placement office can ask for it anew.",
    ]


# --- Adding ---


def address(cast, student=None, employer=None):
    return f"/placements/add/?student={(student or cast.student_record).pk}&employer={(employer or cast.employer).pk}"


def wanted(cast, **more):
    return {
        "role": "Tester",
        "site": "",
        "manager": cast.manager.pk,
        "first_on": "2026-09-07",
        "last_on": "2026-12-18",
        "pay": "paid",
    } | more


def test_one_thing_is_chosen_after_the_other(cast):
    client = signed_in(cast.tutor)
    page = client.get("/placements/add/").content.decode()
    assert "Who is the placement for?" in page
    assert f"?student={cast.student_record.pk}" in page
    assert "Student2" not in page
    page = client.get(f"/placements/add/?student={cast.student_record.pk}&q=employer2").content.decode()
    assert "Where does Student go?" in page
    assert f"?student={cast.student_record.pk}&amp;employer={cast.employer2.pk}" in page
    assert f"employer={cast.employer.pk}&" not in page
    page = client.get(address(cast)).content.decode()
    assert "Student at Employer" in page
    assert "Employer</a>, 2 March 2026 to 31 July 2026" in page
    assert "is_further" not in page


def test_the_rest_is_typed_and_the_pattern_comes_next(cast):
    response = signed_in(cast.tutor).post(address(cast), wanted(cast))
    placement = Placement.objects.get(role="Tester")
    assert response.url == f"/placements/{placement.pk}/pattern/"
    assert (placement.provider, placement.manager, placement.status) == (cast.provider, cast.manager, Status.PLANNED)
    assert Event.objects.about(placement).get().says == "added it"


def test_site_and_manager_are_those_of_the_employer(cast):
    elsewhere = SiteFactory(employer=cast.employer2)
    form = form_of(cast, site=elsewhere.pk, manager=cast.manager2.pk)
    assert sorted(form.errors) == ["manager", "site"]


def test_the_only_line_manager_is_proposed(cast):
    assert form_of(cast).initial["manager"] == cast.manager.pk
    LineManagerFactory(employer=cast.employer)
    assert form_of(cast).initial["manager"] is None


def form_of(cast, **typed):
    """The form of a new placement as the page fills and checks it."""
    student = Student.objects.get(pk=cast.student_record.pk)
    return PlacementAddForm(wanted(cast, **typed), student=student, employer=cast.employer)


TOO_FAR = "This is more than three years from now. Check the year."
WRONG_DAYS = [
    ({"last_on": "2026-09-06"}, "last_on", "6 September 2026 lies before the first day, 7 September 2026."),
    (
        {"last_on": "2029-09-06"},
        "last_on",
        "From 7 September 2026 to 6 September 2029 is more than two years. Check the years of both days.",
    ),
    ({"first_on": "2127-09-07", "last_on": "2127-12-18"}, "first_on", TOO_FAR),
    ({"first_on": "2029-03-19", "last_on": "2029-12-18"}, "first_on", TOO_FAR),
    (
        {"first_on": "2023-03-17", "last_on": "2023-12-18"},
        "first_on",
        "This is more than three years ago. Check the year.",
    ),
    ({"first_on": "2026-03-02"}, "first_on", "Student Reed already has a placement with Employer from this day."),
    ({"first_on": "31/2/2026"}, "first_on", "There is no such date. Write it like 12/3/2026."),
]


def test_what_is_wrong_is_said_next_to_the_field(cast):
    for typed, field, says in WRONG_DAYS:
        assert form_of(cast, **typed).errors == {field: [says]}


def test_what_was_typed_stays_where_something_is_wrong(cast):
    response = signed_in(cast.tutor).post(address(cast), wanted(cast, last_on="2026-09-06"))
    says = "6 September 2026 lies before the first day, 7 September 2026."
    assert errors_of(response) == {"last_on": [says]}
    assert response.content.decode().count(says) == 2  # in the summary, and next to the field
    assert 'value="Tester"' in response.content.decode()


def test_a_placement_may_begin_three_years_from_now_or_ago(cast):
    for first_on, last_on in (("2029-03-18", "2029-12-18"), ("2023-03-18", "2023-12-18")):
        assert form_of(cast, first_on=first_on, last_on=last_on).is_valid()


def test_students_and_employers_of_others_cannot_be_chosen(cast):
    client = signed_in(cast.tutor)
    for student, employer in [
        (cast.student_record2, cast.employer),
        (cast.other_student_record, cast.employer),
        (cast.student_record, cast.other_employer),
    ]:
        assert client.post(address(cast, student, employer), wanted(cast)).status_code == 404
    assert client.get("/placements/add/?student=1%27").status_code == 404


THERE_IS = "There is a placement with Employer already, from 2 March 2026 to 31 July 2026."


def test_a_second_placement_in_the_time_of_the_first_at_the_same_employer_is_asked_about(cast):
    """Its first day may have been corrected. Who means it says so, once."""
    client, typed = signed_in(cast.tutor), wanted(cast, first_on="2026-03-09", last_on="2026-07-31")
    response = client.post(address(cast), typed)
    asks = f"{THERE_IS} If its days have changed, change them there; if this is a further one, say so below."
    assert errors_of(response) == {"first_on": [asks]}
    assert list(response.context["form"].fields)[4:7] == ["first_on", "is_further", "last_on"]
    assert "Yes, this is a further placement with Employer" in response.text
    assert f'<a href="/placements/{cast.placement.pk}/">Employer</a>, 2 March 2026 to 31 July 2026' in response.text
    assert client.post(address(cast), typed | {"is_further": "on"}).status_code == 302
    assert form_of(cast).is_valid()  # after the first one: nothing to ask


def test_a_second_placement_at_the_same_time_is_no_mistake(cast):
    LineManagerFactory(employer=cast.employer2, user=cast.manager)
    days = wanted(cast, first_on="2026-06-01", last_on="2026-08-31")
    assert PlacementAddForm(days, student=cast.student_record, employer=cast.employer2).is_valid()


# --- Changing ---


def changed(cast, **more) -> dict:
    """The placement as its page sends it, with these changes."""
    data = wanted(cast, first_on="2026-03-02", last_on="2026-07-31", role="Junior developer", pay="unpaid")
    return data | {"site": cast.placement.site_id} | more


def change(cast, **more):
    return signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/edit/", changed(cast, **more))


def refused(cast, **more) -> dict:
    """What the form says to these changes."""
    placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    return PlacementEditForm(changed(cast, **more), instance=placement).errors


def test_a_change_stands_in_the_history(cast):
    assert change(cast, last_on="2026-08-14", pay="expenses").status_code == 302
    said = Event.objects.about(cast.placement).get().says
    assert said == (
        "changed last day from 31 July 2026 to 14 August 2026; "
        "pay and expenses from Not paid to Not paid, expenses covered"
    )


def test_a_last_day_after_the_course_is_kept_and_told(cast):
    beyond = "The last day is after the end of the course on 31 July 2027."
    assert said(change(cast, last_on="2027-07-31")) == ["The placement has been saved."]
    assert beyond in change(cast, last_on="2027-12-20", work_out="1").content.decode()
    assert said(change(cast, last_on="2027-12-20")) == [f"The placement has been saved. {beyond}"]
    assert Placement.objects.get(pk=cast.placement.pk).last_on == date(2027, 12, 20)


def test_days_do_not_move_over_the_hours_with_another_employer(cast):
    PlacementFactory(
        student=cast.student_record, employer=cast.employer2, first_on=date(2026, 8, 3), last_on=date(2026, 8, 28),
        weekdays=[0],
    )  # fmt: skip
    assert refused(cast, last_on="2026-08-14") == {
        "last_on": [
            "Monday: These times overlap 09:00 to 17:00, agreed with Employer2 from 3 August 2026 to 28 August 2026."
        ]
    }
    assert refused(cast, last_on="2026-07-30") == {}


def test_days_with_hours_stay_inside(cast):
    week = TimesheetFactory(placement=cast.placement)
    SpellFactory(timesheet=week, day=date(2026, 3, 4))
    before = {"first_on": ["Hours were written down for 4 March 2026, before this day."]}
    after = {"last_on": ["Hours were written down for 4 March 2026, after this day."]}
    assert refused(cast, first_on="2026-03-05") == before
    assert refused(cast, last_on="2026-03-03") == after
    assert refused(cast, first_on="2026-03-04", last_on="2026-03-04") == {}


def test_of_two_tabs_the_second_is_told_what_the_first_has_changed(cast):
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/edit/")
    seen = page.context["form"]["seen"].value()
    assert seen in page.content.decode()
    Placement.objects.filter(pk=cast.placement.pk).update(role="Tester", last_on=date(2026, 8, 14))
    response = change(cast, seen=seen, role="Designer", pay="expenses")
    told = "Somebody changed this to “{}” meanwhile. Put in what is right, and save again."
    assert errors_of(response) == {"role": [told.format("Tester")], "last_on": [told.format("14 August 2026")]}
    form = response.context["form"]
    assert (form["role"].value(), form["pay"].value()) == ("Designer", "expenses")
    again = {"seen": form["seen"].value(), "last_on": "2026-08-14"}
    assert change(cast, **again, role="Designer", pay="expenses").status_code == 302
    cast.placement.refresh_from_db()
    assert (cast.placement.role, cast.placement.pay) == ("Designer", "expenses")
    assert cast.placement.last_on == date(2026, 8, 14)


def test_another_change_of_the_placement_does_not_stand_in_the_way(cast):
    """Its pattern may have moved on; the form is not about it."""
    seen = PlacementEditForm(instance=Placement.objects.with_people().get(pk=cast.placement.pk))["seen"].value()
    days = [PatternDay(weekday=0, starts=time(9), finishes=time(15))]
    set_pattern(cast.placement, date(2026, 7, 6), days, replaces=None, seen=cast.placement.version, by=cast.tutor)
    assert refused(cast, seen=seen, role="Designer") == {}


def test_a_change_and_an_ending_do_not_overwrite_each_other(cast):
    mine = Placement.objects.get(pk=cast.placement.pk)
    cast.placement.end(by=cast.tutor, reason="Left")
    mine.role = "Tester"
    with pytest.raises(SomebodyWasQuicker):
        change_placement(mine, seen=mine.version, by=cast.tutor)
    assert Placement.objects.get(pk=mine.pk).status == Status.ENDED


def test_the_line_manager_of_a_running_placement_is_changed_where_mails_are_sent(cast):
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/edit/").content.decode()
    assert 'name="manager"' not in page
    assert f'href="/placements/{cast.placement.pk}/approver/"' in page


def test_an_ended_placement_gets_no_days_to_come(cast):
    cast.placement.end(by=cast.tutor, reason="Left")
    says = "This placement has ended. Take it up again to give it days to come."
    assert refused(cast, last_on="2026-07-31") == {"last_on": [says]}


# --- The moves ---


def act(user, placement, name, **data):
    return signed_in(user).post(f"/placements/{placement.pk}/{name}/", data)


def test_an_ended_placement_is_taken_up_again(cast):
    cast.placement.end(by=cast.tutor, reason="Left")
    passed = ResumeForm({"last_on": "2026-03-17"}, placement=cast.placement)
    assert passed.errors == {"last_on": ["This day has passed already."]}
    says = said(act(cast.tutor, cast.placement, "resume", last_on="2026-06-30"))
    assert says == ["The placement goes on until 30 June 2026."]
    assert Event.objects.about(cast.placement).first().says == "took the placement up again until 30 June 2026"


def test_taken_up_again_weeks_later_the_time_between_is_asked_about(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status=Placement.Status.ENDED, last_on=date(2026, 3, 6))
    says = (
        "It ended on 6 March 2026. 49 h agreed for the days since then would belong to it as well, and their weeks "
        "would be asked for. If nobody was at work then, set up a further placement with Employer instead."
    )
    page = act(cast.tutor, cast.placement, "resume", last_on="2026-06-30")
    assert dict(page.context["form"].errors) == {"last_on": [says]}
    assert 'name="went_on"' in page.text
    done = said(act(cast.tutor, cast.placement, "resume", last_on="2026-06-30", went_on="on"))
    assert done == ["The placement goes on until 30 June 2026."]


def test_taken_up_again_beyond_the_course_is_told(cast):
    cast.placement.end(by=cast.tutor, reason="Left")
    [says] = said(act(cast.tutor, cast.placement, "resume", last_on="2027-08-01"))
    assert "goes on until 1 August 2027. The last day is after the end of the course on 31 July 2027." in says


def test_a_move_that_does_not_fit_changes_nothing(cast):
    for name, data in (("start", {}), ("resume", {"last_on": "2026-06-30"})):
        [says] = said(act(cast.tutor, cast.placement, name, **data))
        assert "The placement has moved on meanwhile: On placement until 31 July 2026." in says
    assert "Only a planned placement can be removed." in said(act(cast.tutor, cast.placement, "remove"))[0]
    assert Placement.objects.filter(pk=cast.placement.pk).exists()


def test_a_start_with_something_missing_is_refused_in_sentences(cast):
    placement = PlacementFactory(
        student=cast.student_record, status=Status.PLANNED, first_on=date(2026, 3, 16), last_on=date(2026, 6, 1),
        weekdays=[],
    )  # fmt: skip
    assert "There is no working pattern." in said(act(cast.tutor, placement, "start"))[0]
    placement.refresh_from_db()
    assert placement.status == Status.PLANNED


@pytest.mark.parametrize("who", ["student", "manager"])
def test_students_and_managers_move_nothing(cast, who):
    client = signed_in(getattr(cast, who))
    for name in ("start", "remove"):  # the others show a page first, which is closed to them as well
        assert client.post(f"/placements/{cast.placement.pk}/{name}/", {"reason": "x"}).status_code == 403, name


def test_a_planned_placement_is_removed(cast):
    placement = PlacementFactory(
        student=cast.student_record, status=Status.PLANNED, first_on=date(2026, 9, 1), last_on=date(2026, 12, 1)
    )
    assert "has been removed." in said(act(cast.tutor, placement, "remove"))[0]
    assert "removed the planned placement at" in Event.objects.about(cast.student_record).first().says
    assert not Placement.objects.filter(pk=placement.pk).exists()


def test_a_college_without_students_is_told_to_add_one_first(db):
    office = MembershipFactory(role=Role.COORDINATOR)
    client = signed_in(office.user)
    page = client.get("/placements/add/").content.decode()
    assert "No student to place" in page
    assert 'href="/students/add/"' in page
    assert "No student matches" in client.get("/placements/add/?q=zzz").content.decode()
    tutor = signed_in(MembershipFactory(provider=office.provider, role=Role.TUTOR).user)
    page = tutor.get("/placements/add/").content.decode()
    assert "No student to place" in page
    assert "/students/add/" not in page


# --- A placement without a tutor ---


def without_tutor(cast) -> list[tuple[str, str, str]]:
    """(who it is about, sentence, where it is settled) of what the office hears of placements without a tutor."""
    found = needs_in_rooms(cast.coordinator.desks[0], timezone.now())
    return [(need.who, need.says, need.url) for need in found if "no tutor" in need.says]


def test_the_office_hears_of_a_placement_whose_student_has_no_tutor(cast):
    student = cast.student_record
    says = "Has no tutor, and the placement at Employer needs one"
    assert without_tutor(cast) == []
    Student.objects.filter(pk=student.pk).update(tutor=None)
    assert without_tutor(cast) == [("Student Reed", says, f"/students/{student.pk}/edit/")]
    Placement.objects.filter(pk=cast.placement.pk).update(status=Status.ENDED)
    assert without_tutor(cast) == []
