"""Students move to another tutor: chosen in the list, checked, then moved, with history and one mail."""

import pytest
from django.core import mail
from django.urls import reverse

from portal.history.models import Event
from portal.people.models import Role
from reviews.dashboards.views.moves import MoveForm
from students.models import Student
from tests.conftest import signed_in
from tests.factories import MembershipFactory, StudentFactory
from tests.pages import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast):
    return StudentFactory(provider=cast.provider, tutor=None, user__first_name="Ada", user__last_name="Ng")


def moves(user, students, tutor=None, **more):
    data = {"student": [student.pk for student in students]} | ({"tutor": tutor.pk} if tutor else {})
    client = signed_in(user)
    return (client.post if more.get("post") else client.get)(reverse("student_moves"), data)


def tutor_of(student):
    return Student.objects.get(pk=student.pk).tutor


def test_the_list_lets_students_be_chosen(cast):
    html = signed_in(cast.coordinator).get(reverse("coordinator_home")).content.decode()
    assert f'name="student" value="{cast.student_record.pk}" form="move" aria-label="Choose Student Reed"' in html
    assert '<form class="sticky-actions" id="move" method="get" action="/students/moves/">' in html


def test_first_the_tutor_is_chosen(cast, ada):
    html = moves(cast.coordinator, [cast.student_record, ada]).content.decode()
    assert "Move 2 students to another tutor" in html
    assert "Student Reed, now with Tutor Reed" in html
    assert "Ada Ng, nobody's so far" in html
    assert f'<option value="{cast.tutor2.pk}">Tutor2 Reed</option>' in html
    assert f'<option value="{cast.other_tutor.pk}">' not in html


def test_then_everything_is_checked_and_nothing_changed_yet(cast, ada):
    html = moves(cast.coordinator, [cast.student_record, ada], cast.tutor2).content.decode()
    assert "Check before you move them" in html
    assert "<li>Student Reed, so far with Tutor Reed</li>" in html
    assert "<li>Ada Ng</li>" in html
    assert tutor_of(cast.student_record) == cast.tutor
    assert mail.outbox == []


@pytest.mark.database
def test_then_they_move_with_history_and_one_mail(cast, ada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = moves(cast.coordinator, [cast.student_record, ada], cast.tutor2, post=True)
    assert said(answer) == ["2 students moved to Tutor2 Reed."]
    assert answer.url == "/students/"
    assert (tutor_of(cast.student_record), tutor_of(ada)) == (cast.tutor2, cast.tutor2)
    assert [str(event) for event in Event.objects.about(cast.student_record)] == [
        "Coordinator Reed moved the student from Tutor Reed to Tutor2 Reed"
    ]
    assert [str(event) for event in Event.objects.about(ada)] == [
        "Coordinator Reed gave the student the tutor Tutor2 Reed"
    ]
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["tutor2@cast.test"], "You have new students")
    assert "- Student Reed, Digital Software Development" in sent.body
    assert "/caseload/" in sent.body


def test_whoever_is_there_already_is_left_alone(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = moves(cast.coordinator, [cast.student_record], cast.tutor, post=True)
    assert said(answer) == ["Nobody was moved: Tutor Reed is their tutor already."]
    assert not Event.objects.about(cast.student_record).exists()
    assert mail.outbox == []


def test_the_button_and_the_answer_count_those_who_really_move(cast, ada):
    students = [cast.student_record, ada]
    html = moves(cast.coordinator, students, cast.tutor).content.decode()
    assert "<li>Student Reed, there already</li>" in html
    assert "Move 1 student</button>" in html
    answer = moves(cast.coordinator, students, cast.tutor, post=True)
    assert said(answer) == ["1 student moved to Tutor Reed. 1 was there already."]
    html = moves(cast.coordinator, students, cast.tutor).content.decode()
    assert "Nothing: Tutor Reed is their tutor already." in html
    assert "students</button>" not in html


def test_a_coordinator_who_takes_students_over_gets_no_mail(cast, django_capture_on_commit_callbacks):
    MembershipFactory(user=cast.coordinator, provider=cast.provider, role=Role.TUTOR)
    with django_capture_on_commit_callbacks(execute=True):
        moves(cast.coordinator, [cast.student_record], cast.coordinator, post=True)
    assert tutor_of(cast.student_record) == cast.coordinator
    assert mail.outbox == []


def test_only_a_tutor_of_the_provider_can_be_chosen(cast):
    assert MoveForm({"tutor": ""}, provider=cast.provider.pk).errors == {"tutor": ["Choose the new tutor."]}
    says = "This is not a tutor of your provider. Choose one from the list."
    for whom in (cast.manager, cast.other_tutor):
        assert MoveForm({"tutor": whom.pk}, provider=cast.provider.pk).errors == {"tutor": [says]}, whom
    answer = moves(cast.coordinator, [cast.student_record], cast.other_tutor, post=True)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert tutor_of(cast.student_record) == cast.tutor


def test_students_of_another_provider_stay_where_they_are(cast):
    answer = moves(cast.coordinator, [cast.other_student_record], cast.tutor2, post=True)
    assert "Choose at least one student first" in said(answer)[0]
    assert tutor_of(cast.other_student_record) == cast.other_tutor


def test_nobody_chosen_is_said(cast):
    answer = signed_in(cast.coordinator).get(reverse("student_moves"), {"student": ["", "x", "9" * 40]})
    assert answer.url == "/students/"
    assert "Choose at least one student first" in said(answer)[0]


def test_a_tutor_may_not_move_students(cast):
    assert moves(cast.tutor, [cast.student_record], cast.tutor2, post=True).status_code == 403
    assert tutor_of(cast.student_record) == cast.tutor
