"""The home of a placement office that has only begun: which steps come, and which are done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.hours.totals import refresh
from placements.models import Placement
from portal.imports.models import Import
from portal.people.models import Provider, Role
from reviews.dashboards.beginning import first_steps
from tests.conftest import signed_in
from tests.factories import (
    EmployerFactory,
    MembershipFactory,
    PlacementFactory,
    ProviderFactory,
    StudentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TITLES = [
    "Say who you are",
    "Invite the tutors",
    "Bring in the employers",
    "Bring in the students",
    "Set up the placements",
    "Invite the students",
]


@pytest.fixture
def office():
    return MembershipFactory(user=UserFactory(), provider=ProviderFactory(), role=Role.COORDINATOR)


def home(office):
    response = signed_in(office.user).get(reverse("coordinator_home"))
    assert response.status_code == 200
    return response


def to_do(office) -> list[str]:
    return [step.title for step in first_steps(office.provider) if not step.done]


def test_a_new_placement_office_is_told_where_to_begin(office):
    assert to_do(office) == TITLES
    response = home(office)
    assert [step.title for step in response.context["first_steps"]] == TITLES
    html = response.content.decode()
    assert "No students yet. These steps bring your college in" in html
    for address in ("/provider/", "/people/add/", "/imports/new/employers/", "/imports/new/students/"):
        assert f'<a href="{address}">' in html
    assert 'href="/imports/"' in html
    assert "with a week missing" not in html  # five noughts tell nothing


def test_what_is_there_is_done(office):
    office.provider.address = "1 Quay Road"
    office.provider.save()
    MembershipFactory(user=UserFactory(), provider=office.provider, role=Role.TUTOR)
    EmployerFactory(provider=office.provider)
    assert to_do(office) == ["Bring in the students", "Set up the placements", "Invite the students"]
    StudentFactory(provider=office.provider)
    assert to_do(office) == ["Set up the placements"]
    brought = Import.objects.create(
        provider=office.provider, kind="students", status="applied", applied_at=timezone.now(), new_people=[1, 2]
    )
    assert to_do(office) == ["Set up the placements", "Invite the students"]
    brought.invite(by=office.user)
    assert to_do(office) == ["Set up the placements"]
    html = home(office).content.decode()
    assert "No students yet" not in html
    assert "How to begin" in html
    assert "with a week missing" in html


def test_another_provider_counts_for_nothing(office):
    PlacementFactory()
    MembershipFactory(user=UserFactory(), provider=ProviderFactory(), role=Role.TUTOR)
    assert to_do(office) == TITLES


def test_with_an_address_and_the_first_placement_the_steps_are_over_also_once_it_is(office):
    placement = PlacementFactory(student=StudentFactory(provider=office.provider))
    assert "Say who you are" in to_do(office)
    assert "How to begin" in home(office).text
    Provider.objects.filter(pk=office.provider.pk).update(address="1 Quay Road")
    assert "How to begin" not in home(office).text
    Placement.objects.filter(pk=placement.pk).update(status=Placement.Status.ENDED)
    refresh(placement.student_id)
    response = home(office)
    assert 'href="?status=without#students">without a placement</a></dt><dd>1</dd>' in response.text
    assert response.context["first_steps"] == []
