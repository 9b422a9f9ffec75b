"""The action plan: from a statement or free, done and open again, with the tutor's comments."""

from datetime import date

import pytest

from portal.rooms import entries_of_student
from students.actions.models import Action
from students.actions.showing import due_actions
from students.selfassessment.models import Statement
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NEW = {"improve": "Phone calls", "how": "Amira listens in", "due_on": "2096-05-01"}


@pytest.fixture
def action(cast):
    return Action.objects.create(student=cast.student_record, improve="Phone calls", due_on=date(2026, 5, 1))


def test_an_action_is_made_from_a_statement_and_keeps_its_words(cast):
    statement = Statement.objects.get(short="Interview")
    client = signed_in(cast.student)
    for _ in range(2):  # a second press makes no second one
        client.post(f"/actions/add/?statement={statement.pk}", NEW)
    action = Action.objects.get()
    assert (action.about, action.improve, action.due_on) == (statement.wording, "Phone calls", date(2096, 5, 1))


def test_a_statement_that_is_not_there_makes_a_free_one(cast):
    client = signed_in(cast.student)
    for number in ("99999", "x", "9" * 30):
        client.post(f"/actions/add/?statement={number}", NEW | {"improve": f"After {number}"})
    assert [action.about for action in Action.objects.all()] == [""] * 3


def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast):
    response = signed_in(cast.student).post("/actions/add/", NEW | {"improve": "", "due_on": "31/2/2026"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say in a few words what you want to get better at." in page
    assert "There is no such date." in page
    assert "Amira listens in" in page


def test_a_day_that_has_passed_is_refused_unless_it_stood_there_before(cast, action, time_machine):
    time_machine.move_to("2026-05-02 12:00")
    client = signed_in(cast.student)
    response = client.post("/actions/add/", NEW | {"due_on": "2026-05-01"})
    assert response.status_code == 422
    assert "Choose today or a day to come." in response.content.decode()
    assert client.post(f"/actions/{action.pk}/edit/", NEW | {"due_on": "2026-05-01"}).status_code == 302
    assert Action.objects.count() == 1


def test_done_and_open_again(cast, action, time_machine):
    time_machine.move_to("2026-04-20 12:00")
    client = signed_in(cast.student)
    client.post(f"/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert action.sentence() == "Done on 20 April 2026"
    client.post(f"/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert action.sentence() == "Due on 1 May 2026"


def test_progress_is_written_into_it(cast, action):
    data = NEW | {"progress": "Took ten calls this week"}
    signed_in(cast.student).post(f"/actions/{action.pk}/edit/", data)
    assert "Took ten calls this week" in signed_in(cast.tutor).get(f"/actions/{action.pk}/").content.decode()


def test_the_tutor_comments_and_the_student_answers(cast, action):
    signed_in(cast.tutor).post(f"/actions/{action.pk}/", {"words": "Try the script first"})
    signed_in(cast.tutor).post(f"/actions/{action.pk}/", {"words": "Try the script first"})
    signed_in(cast.student).post(f"/actions/{action.pk}/", {"words": "I will"})
    assert [str(comment) for comment in action.comments.all()] == [
        "Tutor Reed: Try the script first",
        "Student Reed: I will",
    ]
    assert signed_in(cast.tutor).post(f"/actions/{action.pk}/", {"words": ""}).status_code == 422


def test_an_action_goes_unless_the_tutor_wrote_to_it(cast, action):
    client = signed_in(cast.student)
    action.comments.create(by=cast.student, by_name="Student Reed", words="A note of mine")
    client.post(f"/actions/{action.pk}/remove/")
    assert not Action.objects.exists()
    again = Action.objects.create(student=cast.student_record, improve="Writing", due_on=date(2026, 5, 1))
    again.comments.create(by=cast.tutor, by_name="Tutor Reed", words="Good")
    client.post(f"/actions/{again.pk}/remove/")
    assert Action.objects.get() == again


def test_the_tutor_changes_nothing(cast, action):
    tutor = signed_in(cast.tutor)
    for act in ("done", "remove"):
        assert tutor.post(f"/actions/{action.pk}/{act}/").status_code == 403


@pytest.mark.parametrize(("day", "says"), [("2026-05-01", "1 open"), ("2026-05-02", "1 open, 1 past their day")])
def test_an_action_is_late_from_the_day_after(cast, action, time_machine, day, says):
    time_machine.move_to(f"{day} 10:00")
    entries = entries_of_student(cast.student_record, cast.tutor)
    assert [entry.says for entry in entries if entry.title == "Action plan"] == [says]
    assert action.is_overdue() is (day == "2026-05-02")


def test_what_is_due_stands_on_the_home(cast, action):
    assert list(due_actions(cast.student_record, [], date(2026, 4, 27))) == []
    (step,) = due_actions(cast.student_record, [], date(2026, 4, 28))
    assert (step.says, step.url) == ("Phone calls", f"/actions/{action.pk}/")


def test_the_plan_takes_seven_queries(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    for days in ([1], [2, 3]):
        for day in days:
            one = Action.objects.create(student=cast.student_record, improve=f"Thing {day}", due_on=date(2026, 5, day))
            one.comments.create(by=cast.tutor, by_name="Tutor Reed", words="Good")
        with django_assert_num_queries(7):
            assert client.get("/actions/").content.decode().count("1 comment<") == days[-1]


def test_a_long_plan_comes_in_pages_with_what_is_open_first(cast):
    rows = [
        Action(student=cast.student_record, improve=f"Thing {n}.", due_on=date(2026, 5, 1), done_on=day)
        for day in (date(2026, 4, 1), None)
        for n in range(30)
    ]
    Action.objects.bulk_create(rows)
    student = signed_in(cast.student)
    first, second = (student.get(f"/actions/?page={n}").content.decode() for n in (1, 2))
    assert "1 to 50 of 60" in first
    assert 'id="open"' in first
    assert 'id="done"' in first
    assert 'id="open"' not in second
    assert [page.count('href="/actions/') - page.count('href="/actions/add/') for page in (first, second)] == [51, 11]


def test_the_plan_as_a_pdf(cast, action, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"")  # laid out for tests/house/test_access.py
    response = signed_in(cast.student).get("/actions/plan.pdf")
    assert "Action plan Student Reed.pdf" in response.headers["Content-Disposition"]
