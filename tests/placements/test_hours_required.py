"""Students whose required hours are not certain, because they depend on a specialism that nobody has named."""

import pytest
from django.utils import timezone

from portal.needs import needs_of_staff
from students.models import Student
from students.tlevels.models import Specialism, TLevel
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def unnamed(person) -> list[tuple]:
    """(who, sentence, key of the student) of what this room shows on the dashboard of a person."""
    found = needs_of_staff(person.desks[0], timezone.now())
    return [(need.name, need.says, need.thing) for need in found if need.kind.name == "no_specialism"]


def takes(student, title, **changes):
    Student.objects.filter(pk=student.pk).update(tlevel=TLevel.objects.get(title=title), **changes)


@pytest.mark.database
def test_whoever_lacks_a_specialism_that_changes_the_hours_is_named_to_the_office(cast):
    student = cast.student_record
    assert unnamed(cast.coordinator) == []
    takes(student, "Education and Early Years")
    says = "Has no specialism, and the required hours depend on it"
    assert unnamed(cast.coordinator) == [("Student Reed", says, student.pk)]
    assert [unnamed(who) for who in (cast.tutor, cast.other_coordinator)] == [[], []]
    page = signed_in(cast.coordinator).get("/needs/?kind=no_specialism").text
    assert f'href="/students/{student.pk}/edit/"' in page


@pytest.mark.database
def test_nobody_else_is(cast):
    takes(cast.student_record, "Health")
    assert unnamed(cast.coordinator) == []
    educator = Specialism.objects.get(title="Early Years Educator")
    takes(cast.student_record, "Education and Early Years", specialism=educator)
    assert unnamed(cast.coordinator) == []
    takes(cast.student_record, "Education and Early Years", specialism=None, signed_off_at=timezone.now())
    assert unnamed(cast.coordinator) == []
