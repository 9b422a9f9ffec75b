"""Self-assessment: answered group by group, finished, shared, taken back, and what it says over time."""

import re
from datetime import date

import pytest

from portal.rooms import filled_in
from portal.workflow import Refused
from students.models import Student
from students.rating.growth import lowest
from students.selfassessment.answering_form import save_answers
from students.selfassessment.growth import growth_of, in_short, spread_of
from students.selfassessment.models import SelfAssessment, Statement
from students.selfassessment.showing import growth, the_next_self_assessment
from students.selfassessment.views.assessments import groups
from tests.conftest import signed_in
from tests.factories import many_students
from tests.pages import said

pytestmark = pytest.mark.django_db


def finished(student, value=3, **others) -> SelfAssessment:
    """One with the same answer to every statement, but for `others`: value by short label (spaces as _)."""
    assessment = SelfAssessment.objects.create(student=student)
    given = [(one, others.get(one.short.replace(" ", "_"), value)) for one in Statement.objects.all()]
    save_answers(assessment, given)
    assessment.finish(by=student.user)
    return assessment


def answer(client, assessment, number, value, **more):
    """Send one group with the same answer everywhere: it takes what is its own."""
    names = [f"statement-{pk}" for pk in Statement.objects.values_list("pk", flat=True)]
    return client.post(f"/self-assessments/{assessment.pk}/group/{number}/", dict.fromkeys(names, value) | more)


def test_eight_and_thirteen_statements_ship():
    assert Statement.objects.filter(part="confidence").count() == 8
    assert Statement.objects.filter(part="agreement").count() == 13
    assert max(len(one.wording) for one in Statement.objects.all()) <= 80


def test_from_begin_to_shared_on_five_screens(cast):
    client = signed_in(cast.student)
    for _ in range(2):  # to begin twice is to begin one
        assert client.post("/self-assessments/begin/").url.endswith("/group/1/")
    assessment = SelfAssessment.objects.get()
    asked = client.get(f"/self-assessments/{assessment.pk}/group/1/").context["form"].rows()
    assert asked[0].html_name == f"statement-{Statement.objects.first().pk}"
    for number in range(1, 5):
        assert answer(client, assessment, number, "4").url.endswith(f"/group/{number + 1}/")
    assert answer(client, assessment, 5, "2").url == f"/self-assessments/{assessment.pk}/"
    client.post(f"/self-assessments/{assessment.pk}/finish/")
    client.post(f"/self-assessments/{assessment.pk}/hand-in/")
    assessment.refresh_from_db()
    assert assessment.status == "handed_in"
    assert assessment.answers.count() == 21
    assert "Very confident" not in client.get(f"/self-assessments/{assessment.pk}/").content.decode()


def test_each_choice_is_saved_at_once_and_kept_when_one_stops(cast):
    client = signed_in(cast.student)
    assessment = SelfAssessment.objects.create(student=cast.student_record)
    statement = Statement.objects.first()
    data = {f"statement-{statement.pk}": "5"}
    path = f"/self-assessments/{assessment.pk}/group/1/"
    assert client.post(path, data, headers={"X-Autosave": "1"}).json()["says"] == "Saved."
    assert assessment.answers.get().words == "Very confident"
    client.post(path, {f"statement-{statement.pk}": "1", "do": "later"})
    assert assessment.answers.get().words == "Not confident at all"


def test_nonsense_is_refused_next_to_its_statement_and_the_rest_is_kept(cast):
    client = signed_in(cast.student)
    assessment = SelfAssessment.objects.create(student=cast.student_record)
    first, second = Statement.objects.all()[:2]
    data = {f"statement-{first.pk}": "9", f"statement-{second.pk}": "4"}
    response = client.post(f"/self-assessments/{assessment.pk}/group/1/", data)
    assert response.status_code == 422
    assert "Choose one of the five." in response.content.decode()
    assert assessment.answers.get().statement == second
    quiet = client.post(f"/self-assessments/{assessment.pk}/group/1/", data, headers={"X-Autosave": "1"})
    assert (quiet.status_code, quiet.json()["says"]) == (422, "Not saved yet: Choose one of the five.")
    nothing = client.post(f"/self-assessments/{assessment.pk}/group/1/", {})
    assert nothing.url == f"/self-assessments/{assessment.pk}/group/2/"


def test_it_is_not_finished_while_something_is_missing(cast):
    assessment = SelfAssessment.objects.create(student=cast.student_record)
    with pytest.raises(Refused, match="21 of the statements have no answer yet"):
        assessment.finish(by=cast.student)
    page = signed_in(cast.student).get(f"/self-assessments/{assessment.pk}/").content.decode()
    assert "Getting ready</a>: 8 statements" in page
    assert "Finish</button>" not in page


def opens(assessment) -> str:
    """Where 'Go through it' on the page of a self-assessment leads."""
    page = signed_in(assessment.student.user).get(f"/self-assessments/{assessment.pk}/").text
    return re.search(r'<a class="btn btn-secondary" href="/self-assessments/\d+/(group/\d/)">', page)[1]


def test_go_through_it_opens_the_first_group_with_something_to_answer(cast):
    assessment = SelfAssessment.objects.create(student=cast.student_record)
    given = list(groups())
    save_answers(assessment, [(one, 3) for number in (0, 2) for one in given[number][1]])
    assert opens(assessment) == "group/2/"
    save_answers(assessment, [(one, 3) for one in given[1][1]])
    assert opens(assessment) == "group/4/"


def test_nobody_but_the_tutor_ever_sees_it(cast):
    finished(cast.student_record).hand_in(by=cast.student)
    for who in (cast.manager, cast.coordinator, cast.tutor2, cast.student2, cast.other_tutor):
        assert SelfAssessment.objects.visible_to(who).count() == 0


def test_the_tutor_sees_it_from_sharing_to_taking_back(cast):
    assessment = finished(cast.student_record)

    def seen():
        [entry] = filled_in(cast.student_record, [growth(cast.student_record, cast.tutor)])
        return SelfAssessment.objects.visible_to(cast.tutor).count(), entry.says

    assert seen() == (0, "Nothing shared yet")
    assessment.hand_in(by=cast.student)
    assert seen() == (1, "1 shared")
    signed_in(cast.student).post(f"/self-assessments/{assessment.pk}/take-back/")
    assert seen() == (0, "Nothing shared yet")
    assert signed_in(cast.tutor).get(f"/self-assessments/{assessment.pk}/").status_code == 404


def test_a_page_that_is_still_open_is_told_that_it_was_finished_elsewhere(cast):
    client, assessment = signed_in(cast.student), finished(cast.student_record, 3)
    told = "You finished this meanwhile, so it stays as it is."
    quiet = client.post(f"/self-assessments/{assessment.pk}/group/1/", {}, headers={"X-Autosave": "1"})
    assert (quiet.status_code, quiet.json()) == (409, {"says": told})
    assert said(client.get(f"/self-assessments/{assessment.pk}/group/1/")) == []
    pressed = answer(client, assessment, 1, "5")
    assert (pressed.url, said(pressed)) == (f"/self-assessments/{assessment.pk}/", [told])
    assert set(assessment.answers.values_list("value", flat=True)) == {3}


def test_answers_are_changed_after_finishing_until_a_newer_one_is_begun(cast):
    first = finished(cast.student_record)
    first.reopen(by=cast.student)
    assert first.status == "open"
    assert opens(first) == "group/1/"
    first.finish(by=cast.student)
    SelfAssessment.objects.create(student=cast.student_record)
    with pytest.raises(Refused, match="begun a newer one"):
        first.reopen(by=cast.student)


def test_only_an_open_one_is_thrown_away(cast):
    kept = finished(cast.student_record)
    client = signed_in(cast.student)
    client.post(f"/self-assessments/{kept.pk}/remove/")
    begun = SelfAssessment.objects.create(student=cast.student_record)
    client.post(f"/self-assessments/{begun.pk}/remove/")
    assert list(SelfAssessment.objects.all()) == [kept]


def test_growth_is_first_last_and_change_per_statement(cast):
    times = [finished(cast.student_record, 2), finished(cast.student_record, 3, Listening=1, Team=2)]
    changes = {change.statement.short: (change.first, change.last, change.says) for change in growth_of(times)}
    assert changes["Interview"] == (2, 3, "up by 1")
    assert changes["Listening"] == (2, 1, "down by 1")
    assert changes["Team"] == (2, 2, "the same")
    assert in_short(growth_of(times)) == "19 up, 1 the same, 1 down"
    lows = [change.statement.short for change in lowest(growth_of(times))]
    assert lows == ["Listening", "Team", "CV and cover letter"]


def test_what_was_answered_keeps_its_wording(cast):
    assessment = finished(cast.student_record)
    Statement.objects.filter(short="Listening").update(wording="I listen")
    page = signed_in(cast.student).get(f"/self-assessments/{assessment.pk}/").content.decode()
    assert "I listen well to what others say" in page


def test_the_page_of_growth_takes_four_queries(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    for times in ([1], [2, 3]):
        for value in times:
            finished(cast.student_record, value)
        with django_assert_num_queries(4):
            page = client.get("/self-assessments/").content.decode()
        assert page.count("<circle") >= 21
        assert ("up by 2" in page) is (3 in times)


def test_a_cohort_of_four_shows_nothing_of_five_its_spread(cast):
    students = [cast.student_record, *many_students(4, provider=cast.provider, tutor=cast.tutor)]
    everybody = Student.objects.filter(provider=cast.provider)
    for number, student in enumerate(students):
        assert spread_of(everybody) == (number, [])
        finished(student, number + 1).hand_in(by=student.user)
    finished(students[0], 5)  # finished, not shared: the shared one counts
    number, spread = spread_of(everybody)
    assert number == 5
    assert [row.counts for row in spread] == [[1, 1, 1, 1, 1]] * 21
    page = signed_in(cast.coordinator).get("/self-assessments/spread/").content.decode()
    assert "5 students shared their answers" in page
    assert "2 of 5" in page
    assert "Not enough yet" in signed_in(cast.other_coordinator).get("/self-assessments/spread/").content.decode()


def test_it_is_suggested_at_the_start_in_the_middle_and_at_the_end(cast, time_machine):
    def suggested(day):
        found = the_next_self_assessment(cast.student_record, [cast.placement], day)
        return [step.says for step in filled_in(cast.student_record, [found])]

    time_machine.move_to("2026-02-20")
    assert suggested(date(2026, 2, 20)) == ["How ready do you feel? Three minutes"]
    finished(cast.student_record)
    assert suggested(date(2026, 5, 1)) == []
    assert suggested(date(2026, 5, 20)) == ["See how far you have come: three minutes"]
    time_machine.move_to("2026-05-21")
    finished(cast.student_record)
    assert suggested(date(2026, 6, 1)) == []
    assert suggested(date(2026, 7, 20)) == ["See how far you have come: three minutes"]
    SelfAssessment.objects.create(student=cast.student_record)
    assert suggested(date(2026, 7, 20)) == ["Go on with your self-assessment"]
