"""Readiness: the eight points, settled for one student or a group, undone, seen by the student, advice at the start."""

import io
from datetime import date

import openpyxl
import pytest
from django.http import QueryDict

from placements.starting import missing_in, tasks_of
from portal.history.models import Event
from portal.people.models import User
from portal.rooms import filled_in
from portal.versions import reword
from portal.workflow import SomebodyWasQuicker
from students.models import Student
from students.readiness import settling
from students.readiness.filters import ReadinessFilter
from students.readiness.forms import SettleForm
from students.readiness.models import Point, Round, Settled
from students.readiness.showing import readiness, what_comes_before_the_start
from students.readiness.standing import standings_of
from tests.conftest import signed_in
from tests.factories import many_students
from tests.pages import told

pytestmark = pytest.mark.django_db


def points(*codes) -> list[Point]:
    rows = Point.objects.current()
    return list(rows.filter(code__in=codes) if codes else rows)


def settled(student) -> list[str]:
    return list(Settled.objects.filter(student=student).values_list("code", flat=True))


def says(student) -> list[str]:
    return [f"{event.by_name} {event.says}" for event in Event.objects.about(student)]


def test_eight_points_ship_in_their_order():
    assert [point.short for point in points()] == [
        "Technical skills", "Employability", "Behaviour", "CV and interview", "Research", "Role", "Asking for help",
        "Progress",
    ]  # fmt: skip


# --- One student ----------------------------------------------------------------------------------------------------


def test_the_tutor_settles_notes_and_takes_back(cast):
    tutor, path = signed_in(cast.tutor), f"/students/{cast.student_record.pk}/readiness/"
    assert tutor.post(path, {"point-role": "on", "note-role": "Talked it through on Monday"}).url == path
    row = Settled.objects.get()
    assert (row.code, row.note, row.by) == ("role", "Talked it through on Monday", cast.tutor)
    tutor.post(path, {"was-role": "Talked it through on Monday", "point-role": "on", "note-role": "Clear to both"})
    row.refresh_from_db()
    assert (row.note, row.by) == ("Clear to both", cast.tutor)
    tutor.post(path, {"was-role": "Clear to both", "note-role": "Clear to both"})
    assert settled(cast.student_record) == []
    assert says(cast.student_record) == [
        "Tutor Reed took back for the start: Role",
        "Tutor Reed changed the note for the start on: Role",
        "Tutor Reed settled for the start: Role",
    ]


def test_an_old_page_takes_nothing_back_that_it_did_not_show(cast):
    settling.settle([cast.student_record], points("role"), cast.provider, by=cast.coordinator)
    path = f"/students/{cast.student_record.pk}/readiness/"
    signed_in(cast.tutor).post(path, {"point-research": "on"})  # opened before the coordinator settled the role
    assert set(settled(cast.student_record)) == {"role", "research"}


def test_who_comes_second_is_told_and_loses_nothing_that_was_typed(cast):
    settling.settle([cast.student_record], points("role"), cast.provider, note="By the office", by=cast.coordinator)
    path = f"/students/{cast.student_record.pk}/readiness/"
    response = signed_in(cast.tutor).post(path, {"point-role": "on", "note-role": "By the tutor"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Somebody was quicker" in page
    assert "By the tutor" in page
    assert Settled.objects.get().note == "By the office"
    with pytest.raises(SomebodyWasQuicker):
        settling.write(cast.student_record, points("role"), {"role": None}, {"role": "Old"}, by=cast.tutor)


def test_bad_notes_are_refused_next_to_their_point(cast):
    path = f"/students/{cast.student_record.pk}/readiness/"
    notes = {"point-role": "on", "note-role": "x" * 301, "point-research": "on", "note-research": "a\0b"}
    response = signed_in(cast.tutor).post(path, notes)
    assert response.status_code == 422
    assert "at most 300 characters" in response.content.decode()
    assert "Null characters" in response.content.decode()
    assert settled(cast.student_record) == []


def test_another_wording_leaves_what_was_settled_as_it_was(cast):
    settling.settle([cast.student_record], points("role"), cast.provider, by=cast.tutor)
    reword(points("role")[0], "The role is clear")
    page = signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/readiness/").content.decode()
    assert "The role is clear" in page
    assert "then worded: The role and its activities are understood" in page
    assert "role" not in [
        point.code for point in standings_of([cast.student_record.pk]).missing(cast.student_record.pk)
    ]
    own = signed_in(cast.student).get("/readiness/mine/").content.decode()
    assert "The role and its activities are understood" in own


# --- A group --------------------------------------------------------------------------------------------------------


@pytest.fixture
def group(cast):
    """Three more students of the tutor."""
    students = many_students(3, provider=cast.provider, tutor=cast.tutor)
    for n, student in enumerate(students):
        student.user.first_name, student.user.last_name = f"Ann{n}", "Ash"
    User.objects.bulk_update([student.user for student in students], ["first_name", "last_name"])
    return students


@pytest.mark.database
def test_points_are_settled_for_a_group_and_undone_at_once(cast, group):
    tutor = signed_in(cast.tutor)
    settling.settle(group[:1], points("role"), cast.provider, note="Before", by=cast.coordinator)
    data = {"student": [one.pk for one in group], "points": ["role", "research"], "note": "Lesson of 2 March"}
    assert "Settled: Research, Role for 3 students" in told(tutor.post("/readiness/", data))
    assert Settled.objects.count() == 6
    assert Settled.objects.get(student=group[0], code="role").note == "Before"
    done = Round.objects.get(by=cast.tutor)
    tutor.post(f"/readiness/rounds/{done.pk}/undo/")
    assert [(row.student, row.code) for row in Settled.objects.all()] == [(group[0], "role")]
    assert "That was undone already." in told(tutor.post(f"/readiness/rounds/{done.pk}/undo/"))
    assert says(group[1]) == [
        "Tutor Reed took back for the start: Research, Role",
        "Tutor Reed settled for the start: Research, Role",
    ]


def test_undoing_a_group_is_asked_about_first_and_said_with_who_and_when(cast, group, time_machine):
    time_machine.move_to("2026-03-02 14:05")
    done = settling.settle(group, points("role"), cast.provider, by=cast.tutor)
    tutor, ask = signed_in(cast.tutor), "This takes back what was settled then"
    page = tutor.get("/readiness/").content.decode()
    assert "Settled for groups lately" in page
    assert page.index("<summary>Undo") < page.index(ask) < page.index(f'action="/readiness/rounds/{done.pk}/undo/"')
    page = signed_in(cast.coordinator).post(f"/readiness/rounds/{done.pk}/undo/", follow=True).content.decode()
    assert "Undone by Coordinator Reed on 2 March 2026 at 14:05" in page
    assert ask not in page


def test_a_second_press_settles_nothing_twice(cast):
    tutor, data = signed_in(cast.tutor), {"student": [cast.student_record.pk], "points": ["role"]}
    tutor.post("/readiness/", data)
    assert "settled already" in told(tutor.post("/readiness/", data))
    assert Round.objects.count() == 1


def test_a_note_changed_since_is_not_undone_with_the_group(cast, group):
    done = settling.settle(group, points("role"), cast.provider, by=cast.tutor)
    settling.write(group[0], points("role"), {"role": "My own words"}, {"role": ""}, by=cast.tutor)
    assert settling.undo(done, by=cast.tutor) == 2
    assert settled(group[0]) == ["role"]


def test_everybody_who_is_found_is_settled_whatever_the_page(cast, group, monkeypatch):
    monkeypatch.setattr("students.readiness.views.readiness.PAGE", 2)
    tutor = signed_in(cast.tutor)
    assert names(tutor.get("/readiness/?q=ash")) == ["Ann0 Ash", "Ann1 Ash"]
    tutor.post("/readiness/?q=ash", {"everybody": "on", "points": ["role"]})
    assert set(Settled.objects.values_list("student", flat=True)) == {one.pk for one in group}


def test_what_is_missing_is_said_and_nothing_is_settled(cast):
    response = signed_in(cast.tutor).post("/readiness/", {"points": ["role"], "student": ["x", "-1", "9" * 30]})
    assert response.status_code == 422
    assert "Choose students in the list, or everybody who is found." in response.content.decode()
    assert not Settled.objects.exists()
    own = Student.objects.filter(tutor=cast.tutor)
    for sent, *said in [
        ("", "Choose at least one point."),
        (f"points=nonsense&everybody=on&note={'x' * 301}", "Choose only from those", "at most 300 characters"),
        ("points=role", "Choose students in the list, or everybody who is found."),
    ]:
        errors = str(SettleForm(QueryDict(sent), own=own, shown=own, points=points(), found=1).errors)
        assert [words for words in said if words not in errors] == []


def test_too_many_at_once_are_refused(cast, monkeypatch):
    monkeypatch.setattr("students.readiness.forms.AT_ONCE", 2)
    everybody, sent = Student.objects.all(), QueryDict("points=role&everybody=on")
    errors = SettleForm(sent, own=everybody, shown=everybody, points=points(), found=3).errors
    assert errors == {"everybody": ["These are more than 2 students. Narrow the list by the filters first."]}


def test_nobody_settles_for_students_of_others(cast):
    data = {"student": [cast.student_record2.pk, cast.other_student_record.pk], "points": ["role"]}
    assert signed_in(cast.tutor).post("/readiness/", data).status_code == 422
    signed_in(cast.coordinator).post("/readiness/", data)
    assert list(Settled.objects.values_list("student", flat=True)) == [cast.student_record2.pk]


def test_what_was_settled_long_ago_is_not_undone_at_once(cast, time_machine):
    time_machine.move_to("2026-03-02 09:00", tick=False)
    done = settling.settle([cast.student_record], points("role"), cast.provider, by=cast.tutor)
    time_machine.move_to("2026-03-17 09:00", tick=False)
    tutor = signed_in(cast.tutor)
    assert "Settled for groups lately" not in tutor.get("/readiness/").content.decode()
    assert tutor.post(f"/readiness/rounds/{done.pk}/undo/").status_code == 404
    assert Settled.objects.count() == 1


# --- The list -------------------------------------------------------------------------------------------------------


def names(page) -> list[str]:
    return [student.name for student, _ in page.context["rows"]]


def found(cast, asked: str) -> list[str]:
    """The students whom the placement office finds with these filters."""
    desk, own = cast.coordinator.desks[0], Student.objects.filter(provider=cast.provider)
    return [student.name for student in ReadinessFilter(QueryDict(asked), own, desk=desk).qs]


@pytest.mark.database
def test_filters_by_name_standing_tutor_tlevel_and_year(cast, group):
    settling.settle(group[:2], points(), cast.provider, by=cast.tutor)
    settling.settle(group[2:], points("role"), cast.provider, by=cast.tutor)
    office = signed_in(cast.coordinator)
    everybody = ["Ann0 Ash", "Ann1 Ash", "Ann2 Ash", "Student Reed", "Student2 Reed"]
    wanted = {
        "show=ready": ["Ann0 Ash", "Ann1 Ash"],
        "show=missing": ["Ann2 Ash", "Student Reed", "Student2 Reed"],
        "show=role": ["Student Reed", "Student2 Reed"],
        "q=ann1": ["Ann1 Ash"],
        f"tutor={cast.tutor2.pk}": ["Student2 Reed"],
        f"tlevel={group[0].tlevel_id}&q=ann0": ["Ann0 Ash"],
        f"year={group[0].entry_year.replace('/', '%2F')}": everybody,
    }
    assert {asked: found(cast, asked) for asked in wanted} == wanted
    assert names(office.get("/readiness/?show=missing&q=ann")) == ["Ann2 Ash"]
    assert "No student matches" in office.get("/readiness/?q=zzz").content.decode()
    assert office.get("/readiness/?tutor=x&tlevel=%00&year=nonsense&show=%00&page=-4").status_code == 200


@pytest.mark.parametrize("many", [0, 2])
def test_the_list_takes_eight_queries_however_long(cast, many, django_assert_num_queries):
    students = many_students(many, provider=cast.provider, tutor=cast.tutor)
    settling.settle([cast.student_record, *students], points("role", "research"), cast.provider, by=cast.tutor)
    for who in ("tutor", "coordinator"):
        client = signed_in(getattr(cast, who))
        with django_assert_num_queries(8):
            page = client.get("/readiness/")
        assert len(page.context["rows"]) == many + 1 + (who == "coordinator")
        assert [number for _, number in page.context["figures"]] == [0, 0, 0, 0, many + 1, many + 1, 0, 0]


def test_a_list_longer_than_one_counts_says_so_and_is_quick(cast, group, monkeypatch):
    monkeypatch.setattr("students.readiness.views.readiness.COUNTED_AT_MOST", 2)
    monkeypatch.setattr("portal.paging.COUNTED_AT_MOST", 2)
    page = signed_in(cast.tutor).get("/readiness/")
    assert "More than 2 students. Narrow the list to have it by name" in page.content.decode()
    assert page.context["figures"] == []


def test_the_list_as_csv_and_excel(cast, group, time_machine):
    time_machine.move_to("2026-03-02 09:00", tick=False)
    settling.settle(group[:1], points("role"), cast.provider, by=cast.tutor)
    tutor = signed_in(cast.tutor)
    lines = b"".join(tutor.get("/readiness/?q=ash&download=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Student,T Level,Year of entry,Tutor,Technical skills,")
    assert len(lines) == 4
    assert "Settled by Tutor Reed on 2 March 2026" in lines[1]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(tutor.get("/readiness/?download=xlsx").streaming_content)))
    assert book.active.max_row == 5


def test_a_tutor_without_students_is_told_so(cast):
    cast.student_record2.tutor = cast.tutor
    cast.student_record2.save()
    assert (
        "As soon as the placement office gives you students"
        in signed_in(cast.tutor2).get("/readiness/").content.decode()
    )


# --- Where it shows -------------------------------------------------------------------------------------------------


def test_the_student_reads_what_is_settled_by_whom_and_what_comes(cast, django_assert_num_queries, time_machine):
    time_machine.move_to("2026-02-27 09:00", tick=False)
    settling.settle([cast.student_record], points("role"), cast.provider, note="Well done", by=cast.tutor)
    client = signed_in(cast.student)
    with django_assert_num_queries(4):
        page = client.get("/readiness/mine/").content.decode()
    assert "1 of 8 are settled" in page
    assert "Settled by Tutor Reed on 27 February 2026" in page
    assert "Well done" in page
    settling.settle([cast.student_record], points(), cast.provider, by=cast.tutor)
    assert "You are ready" in client.get("/readiness/mine/").content.decode()


@pytest.mark.database
def test_what_is_missing_is_advice_at_the_start_and_no_bar(cast, django_assert_num_queries):
    settling.settle([cast.student_record], points("role", "research"), cast.provider, by=cast.tutor)
    with django_assert_num_queries(1):
        standings_of([cast.student_record.pk, cast.student_record2.pk])
    tasks = tasks_of([cast.placement], with_advice=True)[cast.placement.pk]
    task = next(task for task in tasks if task.title == "Ready for the placement")
    assert (task.done, task.required) == (False, False)
    assert task.says == (
        "Not settled yet: Technical skills, Employability, Behaviour, CV and interview, Asking for help, Progress."
    )
    assert task.says not in missing_in(tasks)
    settling.settle([cast.student_record], points(), cast.provider, by=cast.tutor)
    tasks = tasks_of([cast.placement], with_advice=True)[cast.placement.pk]
    assert next(task for task in tasks if task.title == "Ready for the placement").says == "All points are settled."


@pytest.mark.database
def test_the_page_of_a_student_says_how_far_in_one_query(cast, django_assert_num_queries):
    settling.settle([cast.student_record], points("role"), cast.provider, by=cast.tutor)
    with django_assert_num_queries(1):
        [entry] = filled_in(cast.student_record, [readiness(cast.student_record, cast.tutor)])
    assert (entry.says, entry.tone) == ("1 of 8 settled", "waiting")
    settling.settle([cast.student_record], points(), cast.provider, by=cast.tutor)
    [entry] = filled_in(cast.student_record, [readiness(cast.student_record, cast.tutor)])
    assert (entry.says, entry.tone) == ("All settled", "good")


def test_the_home_speaks_of_it_only_shortly_before_the_start(cast):
    def step(day):
        found = what_comes_before_the_start(cast.student_record, [cast.placement], day)
        return bool(found) and found.rows.exists()

    assert not step(date(2026, 2, 1))
    assert step(date(2026, 2, 15))
    assert not step(date(2026, 3, 2))
    settling.settle([cast.student_record], points(), cast.provider, by=cast.tutor)
    assert not step(date(2026, 2, 15))


def test_strangers_and_managers_have_no_row_of_it(cast):
    settling.settle([cast.student_record], points("role"), cast.provider, by=cast.tutor)
    for who in (cast.manager, cast.student2, cast.tutor2, cast.other_coordinator):
        assert not Settled.objects.visible_to(who).exists()
