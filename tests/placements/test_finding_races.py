"""Two students, or one student twice, accept in the same second: every place is given once, and everybody is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from employers.opportunities.models import Opportunity
from placements.finding.models import Application
from placements.models import Placement
from portal.workflow import Refused, SomebodyWasQuicker
from tests.conftest import make_cast
from tests.placements.finding_scenes import application_of, fresh, opportunity_of, seeker

# The tests' SQLite lives in memory, where threads share one connection's locks; test_finding_verbs.py shows there, one
# after the other, that a second acceptance of what the first has changed is refused.
pytestmark = [pytest.mark.database, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(applications) -> list[str]:
    """All of them are accepted in the same second; what each student was told, sorted."""
    start = Barrier(len(applications))

    def accept(pk):
        mine = fresh(Application(pk=pk))
        start.wait()
        try:
            mine.accept(by=mine.student.user)
            return "accepted"
        except (Refused, SomebodyWasQuicker):
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(applications)) as pool:
        return sorted(pool.map(accept, [application.pk for application in applications]))


def test_eight_students_accept_the_last_place_in_the_same_second():
    cast = make_cast()
    opportunity = opportunity_of(cast, places=1)
    applications = [application_of(opportunity, seeker(cast, f"Sam{n}"), "offered") for n in range(8)]
    assert at_once(applications) == ["accepted"] + ["told"] * 7
    assert Opportunity.objects.get(pk=opportunity.pk).taken == 1
    assert Placement.objects.filter(role=opportunity.role, status="planned").count() == 1


def test_one_student_accepts_two_offers_in_the_same_second():
    cast = make_cast()
    sam = seeker(cast)
    employers = [cast.employer, cast.employer2]
    applications = [application_of(opportunity_of(cast, employer=one), sam, "offered") for one in employers]
    assert at_once(applications) == ["accepted", "told"]
    assert Placement.objects.filter(student=sam).count() == 1
    assert sorted(Application.objects.values_list("status", flat=True)) == ["accepted", "declined"]
    assert sorted(Opportunity.objects.values_list("taken", flat=True)) == [0, 1]


def test_one_student_presses_twice():
    cast = make_cast()
    application = application_of(opportunity_of(cast), seeker(cast), "offered")
    assert at_once([application, application]) == ["accepted", "told"]
    assert Placement.objects.filter(student=application.student).count() == 1
