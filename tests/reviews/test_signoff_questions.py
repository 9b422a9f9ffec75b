"""Questions about figures: asked, answered, looked at by a second person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from placements.models import Placement
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.people.models import Membership
from portal.workflow import SomebodyWasQuicker
from reviews.signoff.forms import QuestionForm
from reviews.signoff.models import FigureQuestion
from students.models import Student
from tests.conftest import signed_in
from tests.pages import given_back
from tests.reviews.signoffs import answered, approved_weeks, asked, disputed, questioned
from tests.steps import steps_of

pytestmark = pytest.mark.django_db
ANSWER = {"seen": 0, "outcome": "stands", "words": "It was not handed in."}


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


def page(response) -> str:
    return response.content.decode()


def needs(cast, who):
    desk = Membership.objects.get(user=who)
    return [need.kind.name for need in needs_of_staff(desk, timezone.now())]


def steps(cast):
    placements = list(Placement.objects.filter(student=cast.student_record).with_people())
    return [step.says for step in steps_of(cast.student_record, placements, timezone.localdate())]


def test_the_student_asks_and_what_stood_there_is_kept(cast):
    approved_weeks(cast.placement, 2)
    student = signed_in(cast.student)
    assert "checked" in page(student.get("/figures/questions/new/?figure=hours"))
    assert student.post("/figures/questions/new/", {"figure": "hours"}).status_code == 422
    response = student.post("/figures/questions/new/", {"figure": "hours", "words": "Is the first week in?"})
    question = FigureQuestion.objects.get()
    assert response.url == f"/figures/questions/{question.pk}/"
    assert question.shown.startswith("70 h of 315 h count; 2 of 22 weeks handed in, 2 approved.")
    assert Notice.objects.get(kind="figure_question_asked").to == cast.tutor
    assert "What the portal said on 12 August 2026" in page(student.get(response.url))


def test_each_figure_is_kept_as_it_stood_and_named_as_people_say_it(cast):
    shown = asked(cast, figure="standing").shown
    assert shown.startswith("315 h short, and no agreed days are left; 0 of 3 weeks handed in.")
    shown = asked(cast, figure="completion").shown
    says = Event.objects.about(cast.student_record)[0].says
    assert says == "asked about a figure: what is missing until I am complete"
    assert shown.startswith(
        "Not complete yet. Missing: hours, hours with an employer, the employer's final review "
        "and the judgement of progress. Hours: 0 h of 315 h count, 315 h to go. "
        "One or two employers: No hours with an employer are approved yet. "
    )


def test_nonsense_is_refused_beside_its_field():
    for data in ({}, {"figure": "hours"}, {"figure": "x", "words": "y"}, {"figure": "hours", "words": "a" * 2001}):
        assert not QuestionForm(data).is_valid(), data


def test_one_open_question_for_each_figure():
    cast = questioned()
    with pytest.raises(SomebodyWasQuicker):
        asked(cast)
    assert asked(cast, figure="standing").pk


def test_without_a_tutor_the_office_is_asked(cast):
    Student.objects.update(tutor=None)
    asked(cast)
    told = {notice.to for notice in Notice.objects.filter(kind="figure_question_asked")}
    assert told == {cast.coordinator, cast.coordinator2}
    assert "figure_question" in needs(cast, cast.coordinator)


def test_the_tutor_answers_and_the_student_reads_it():
    cast = questioned()
    question = cast.question
    assert "figure_question" in needs(cast, cast.tutor)
    path = f"/figures/questions/{question.pk}/answer/"
    assert signed_in(cast.tutor).post(path, {"seen": 0, "words": "x"}).status_code == 422
    signed_in(cast.tutor).post(path, ANSWER)
    question.refresh_from_db()
    assert question.sentence() == "Answered by Tutor Reed on 12 August 2026"
    assert Notice.objects.get(kind="figure_question_answered").to == cast.student
    assert "Read the answer to your question" in steps(cast)
    text = page(signed_in(cast.student).get(f"/figures/questions/{question.pk}/"))
    assert "It was not handed in." in text
    assert "I do not agree: a second person should decide" in text


def test_an_answer_is_given_once():
    cast = questioned()
    question = cast.question
    question.give_answer(by=cast.tutor, answer="It was not handed in.", outcome="stands")
    response = signed_in(cast.coordinator).post(f"/figures/questions/{question.pk}/answer/", ANSWER)
    assert "Something has changed since you opened the page" in page(response)
    assert given_back(response) == [ANSWER["words"]]
    assert FigureQuestion.objects.get().answered_by == cast.tutor


def test_a_second_person_of_the_office_decides():
    cast = questioned()
    question = cast.question
    question.give_answer(by=cast.tutor, answer="It was not handed in.", outcome="stands")
    path = f"/figures/questions/{question.pk}"
    assert signed_in(cast.student).post(f"{path}/object/", {"seen": 1}).status_code == 422
    signed_in(cast.student).post(f"{path}/object/", {"seen": 1, "words": "I did hand it in."})
    told = {notice.to for notice in Notice.objects.filter(kind="figure_question_disputed")}
    assert told == {cast.coordinator, cast.coordinator2}
    assert "figure_dispute" in needs(cast, cast.coordinator)
    assert "figure_dispute" not in needs(cast, cast.tutor)
    decision = {"seen": 2, "outcome": "corrected", "words": "The mail was lost. The week is opened again."}
    coordinator = signed_in(cast.coordinator)
    refused = coordinator.post(f"{path}/decide/", {"seen": 2})
    assert (refused.status_code, "Decide" in page(refused)) == (422, True)
    coordinator.post(f"{path}/decide/", decision)
    question.refresh_from_db()
    assert question.sentence() == "Decided by Coordinator Reed on 12 August 2026"
    assert question.decision_outcome == "corrected"
    assert Notice.objects.get(kind="figure_question_decided").to == cast.tutor


def test_whoever_answered_does_not_decide():
    cast = questioned()
    question = cast.question
    question.give_answer(by=cast.coordinator, answer="It is right.", outcome="stands")
    question.object_to(by=cast.student, words="I do not think so.")
    client = signed_in(cast.coordinator)
    path = f"/figures/questions/{question.pk}"
    assert "Somebody else of the placement office decides" in page(client.get(f"{path}/"))
    response = client.post(f"{path}/decide/", {"seen": 2, "outcome": "stands", "words": "Still right."})
    assert "You gave the answer" in page(response)
    assert given_back(response) == ["Still right."]
    assert "figure_dispute" not in needs(cast, cast.coordinator)
    question.status, question.decision = "decided", "x"
    question.decided_at, question.decided_by = timezone.now(), cast.coordinator
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()


def test_the_tutor_does_not_decide_and_no_subject_of_a_mail_names_anybody(cast):
    question = disputed(cast)
    for notice in Notice.objects.filter(kind__startswith="figure"):
        assert "Reed" not in notice.subject
    with pytest.raises(PermissionDenied):
        question.decide(by=cast.tutor, decision="x", outcome="stands")


def test_the_student_withdraws_it_and_others_neither_answer_nor_withdraw():
    cast = questioned()
    question = cast.question
    with pytest.raises(PermissionDenied):
        question.withdraw(by=cast.tutor)
    with pytest.raises(PermissionDenied):
        question.give_answer(by=cast.student, answer="x", outcome="stands")
    signed_in(cast.student).post(f"/figures/questions/{question.pk}/withdraw/", {"seen": 0})
    question.refresh_from_db()
    assert question.sentence() == "Withdrawn; it was asked on 12 August 2026"
    assert needs(cast, cast.tutor).count("figure_question") == 0


def test_the_list_says_how_each_question_stands(cast):
    path = f"/students/{cast.student_record.pk}/figures/questions/"
    assert "You have not asked anything" in page(signed_in(cast.student).get(path))
    answered(cast)
    asked(cast, figure="completion")
    text = page(signed_in(cast.tutor).get(path))
    assert "Answered by Tutor Reed on 12 August 2026" in text
    assert "Asked on 12 August 2026, not answered yet" in text
    assert "The last one: asked" in page(signed_in(cast.student).get("/complete/"))


def test_pages_take_a_fixed_number_of_queries(cast, django_assert_num_queries):
    question = disputed(cast)
    client = signed_in(cast.coordinator)

    def look():
        with django_assert_num_queries(5):
            client.get(f"/students/{cast.student_record.pk}/figures/questions/")
        with django_assert_num_queries(4):
            client.get(f"/figures/questions/{question.pk}/")

    look()
    asked(cast, figure="completion")
    asked(cast, figure="standing")
    look()


def test_after_a_week_the_office_is_reminded_of_it(time_machine):
    cast = questioned()
    assert "figure_question" not in needs(cast, cast.coordinator)
    time_machine.move_to("2026-08-20 12:00")
    assert "figure_question" in needs(cast, cast.coordinator)
