"""New students of a file are invited in a step of its own: until then the placement office is reminded of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.needs import needs_of_staff
from tests.conftest import signed_in
from tests.portal.importing import applied, csv_file
from tests.students.test_import_students import AMIRA, HEADER

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(cast):
    return applied(cast, "students", csv_file(HEADER, AMIRA))


def told(user, later=timedelta()) -> list[tuple]:
    desk = user.memberships.select_related("provider", "user").get()
    found = needs_of_staff(desk, timezone.now() + later)
    return [(need.name, need.says, need.thing) for need in found if need.kind.name == "people_uninvited"]


@pytest.mark.database
def test_the_office_is_told_of_new_students_whom_nobody_has_invited(cast, brought):
    says = "The new students of this file have not been invited"
    assert told(cast.coordinator) == [("students.csv", says, brought.pk)]
    assert told(cast.tutor) == []
    assert told(cast.other_coordinator) == []
    assert told(cast.coordinator, later=timedelta(days=181)) == []
    office = signed_in(cast.coordinator)
    assert f'href="{reverse("import_detail", args=[brought.pk])}"' in office.get(reverse("coordinator_home")).text
    assert "Students not invited yet" in office.get(reverse("import_list")).text
    brought.invite(by=cast.coordinator)
    assert told(cast.coordinator) == []
    assert "Students not invited yet" not in office.get(reverse("import_list")).text


@pytest.mark.database
def test_a_file_without_new_students_asks_for_no_invitation(cast, brought):
    brought.invite(by=cast.coordinator)
    applied(cast, "students", csv_file(HEADER, [*AMIRA[:2], "Reid", *AMIRA[3:]]))
    assert told(cast.coordinator) == []
