"""The list of sign-offs, and where they show themselves."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from placements.hours.models import StudentHours
from placements.hours.totals import rebuild
from placements.models import Placement
from portal.needs import needs_of_staff
from portal.people.models import Membership
from portal.rooms import entries_of, entries_of_student
from portal.timeline import Timeline
from reviews.cohort.counting import count
from reviews.risk.keeping import reckon
from reviews.signoff import signing
from reviews.signoff.filters import SignOffFilter
from reviews.signoff.standing import standing_of
from reviews.signoff.views.listing import each
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.reviews.signoffs import approved_weeks, completed, considered, disputed, frozen
from tests.steps import steps_of

pytestmark = pytest.mark.django_db
REACHED = "Hours reached, placement over"


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


def page(response) -> str:
    return response.content.decode()


def listed(cast, query="") -> str:
    return page(signed_in(cast.coordinator).get(f"/signoffs/{query}"))


def found(cast, query="") -> list[str]:
    """How those stand whom the filters of the list leave, without its page."""
    students = Student.objects.filter(provider=cast.provider)
    chosen = SignOffFilter(QueryDict(query), queryset=students, provider=cast.provider.pk)
    return [standing_of(student)[1] for student in each(list(chosen.qs.values_list("pk", flat=True)))]


def needs(cast, who):
    desk = Membership.objects.get(user=who)
    return [need.kind.name for need in needs_of_staff(desk, timezone.now())]


def steps(cast):
    placements = list(Placement.objects.filter(student=cast.student_record).with_people())
    student = Student.objects.get(pk=cast.student_record.pk)
    return [step.says for step in steps_of(student, placements, timezone.localdate())]


def test_the_list_of_another_college_stays_empty_and_says_so():
    client = signed_in(completed().other_coordinator)
    assert "Nobody at the moment" in page(client.get("/signoffs/"))
    assert "Nobody is signed off yet" in page(client.get("/signoffs/?state=signed_off"))
    assert "Nobody matches" in page(client.get("/signoffs/?q=Student"))


def test_a_student_wanders_through_the_list():
    cast = completed()
    student = cast.complete_student
    approved_weeks(cast.placement2)  # of a student with hours alone
    assert found(cast, "state=hours") == ["Missing: the employer's final review and the judgement of progress"]
    assert found(cast) == ["Complete, waits for the sign-off"]
    signoff = signing.sign_off(student, by=cast.tutor)
    assert found(cast) == []
    assert found(cast, "state=signed_off") == ["Signed off by Tutor Reed on 12 August 2026"]
    signoff.reopen(by=cast.coordinator, reason="A mistake.")
    assert found(cast, "state=reopened") == ["Complete, waits for the sign-off"]


def test_hours_that_are_reached_and_a_sign_off_are_counted_apart_wherever_students_are():
    cast = completed()
    office = signed_in(cast.coordinator)
    rebuild([cast.student_record.pk])

    def told() -> list:
        """The phases of the cohort that hold somebody, those that its file names, and who is in either stage."""
        reckon([cast.student_record.pk])
        count(cast.provider.pk)
        cohort = office.get("/cohort/")
        assert "Hours alone do not complete a placement" in page(cohort)
        counted = [(label, number) for label, number, *_ in cohort.context["phases"] if number]
        stated = office.get("/cohort/students/?download=csv").getvalue().decode()
        rows = [row for state in ("done", "signed") for row in office.get(f"/students/?status={state}").context["page"]]
        return counted + [words for words in (REACHED, "Signed off") if words in stated] + [row.stage for row in rows]

    assert told() == [(REACHED, 1), REACHED, REACHED]
    signing.sign_off(cast.complete_student, by=cast.tutor)
    assert told() == [("Signed off", 1), "Signed off", "Signed off"]
    cast.complete_student.signoffs.get().reopen(by=cast.coordinator, reason="A mistake.")
    assert StudentHours.objects.get(student=cast.student_record).stage == "done"


def test_special_consideration_waits_in_the_list():
    [says] = found(considered(), "state=considered")
    assert "waits for a second person" in says


def test_filters():
    cast = completed()
    number = {"q=student": 1, "q=1234567890": 0, "tutor=x": 1, "state=x&page=99": 1}
    assert {query: len(found(cast, query)) for query in number} == number
    assert "Complete, waits for the sign-off" in listed(cast, "?state=x&page=99")


def test_the_download_says_the_same():
    cast = frozen()
    response = signed_in(cast.coordinator).get("/signoffs/?state=signed_off&download=csv")
    assert response["Content-Disposition"] == f'attachment; filename="signoffs-{timezone.localdate()}.csv"'
    header, row = response.getvalue().decode().splitlines()
    assert header.startswith("\ufeffFirst name,Last name,ULN,T Level")
    assert row == (
        "Student,Reed,9999999999,Digital Software Development,,Tutor Reed,315.00,315.00,"
        "Signed off by Tutor Reed on 12 August 2026,,12/08/2026,Tutor Reed,2024/25"
    )


def test_the_list_takes_seven_queries(cast, django_assert_num_queries):
    client = signed_in(cast.coordinator)
    for more in (1, 2):
        students = factories.many_students(more, provider=cast.provider, tutor=cast.tutor)
        factories.many_placements(students, employer=cast.employer, manager=cast.manager)
        StudentHours.objects.filter(student__in=students).update(counted=18900)
        with django_assert_num_queries(7):
            response = client.get("/signoffs/?state=hours")
    assert len(response.context["page"]) == 3


def test_the_page_of_a_student_says_how_it_stands():
    cast = completed()

    def entry():
        student = Student.objects.get(pk=cast.student_record.pk)
        found = entries_of_student(student, cast.tutor)
        return next(one for one in found if one.title in ("Completion and sign-off", "Sign-off"))

    assert entry().url == f"/students/{cast.student_record.pk}/complete/"
    assert entry().says == "Complete, waits for the sign-off"
    signoff = signing.sign_off(cast.complete_student, by=cast.tutor)
    assert (entry().title, entry().url) == ("Sign-off", f"/signoffs/{signoff.pk}/")


def test_the_page_of_a_placement_says_that_nothing_changes_any_more():
    cast = frozen()
    placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    said = {who: [entry.says for entry in entries_of(placement, {who})] for who in ("tutor", "manager")}
    assert "Signed off on 12 August 2026: nothing changes any more" in said["tutor"]
    assert "Signed off" not in "; ".join(said["manager"])


def test_the_tutor_is_told_who_is_ready():
    cast = completed()
    assert "ready_to_sign_off" in needs(cast, cast.tutor)
    assert "ready_to_sign_off" not in needs(cast, cast.coordinator)
    signing.sign_off(cast.complete_student, by=cast.tutor)
    assert "ready_to_sign_off" not in needs(cast, cast.tutor)


def test_the_student_is_told_of_the_hours_and_of_the_sign_off():
    cast = completed()
    student = cast.complete_student
    assert "Your hours are reached: see what is still needed" in steps(cast)
    signing.sign_off(student, by=cast.tutor)
    assert "Your placement is signed off" in steps(cast)


def test_the_timeline_tells_the_way():
    cast = frozen()
    signoff = cast.signoff
    signoff.reopen(by=cast.coordinator, reason="A mistake.")
    disputed(cast).decide(by=cast.coordinator, decision="It is right.", outcome="stands")
    assert set(told_of_the_ending(cast.student_record, cast.student)) >= {
        "Progress with the learning goals judged: sufficient",
        "Signed off: 315 h count",
        "The record was opened again: A mistake.",
        "A question about a figure: the hours that count",
        "The question about a figure was answered",
        "A second person decided about a figure",
    }


def told_of_the_ending(student, user) -> list[str]:
    timeline = Timeline(student, user, kind="ending")
    return [timeline.read(row).says for row in timeline.rows()]


def test_the_timeline_says_of_special_consideration_only_that_there_is_one():
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    said = [says for says in told_of_the_ending(cast.student_record, cast.tutor) if "consideration" in says]
    assert sorted(said) == ["Special consideration confirmed", "Special consideration proposed"]
