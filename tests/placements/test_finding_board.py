"""The board 'Finding places', suggestions with their reasons, and putting a student forward."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from placements.finding.filters import Looking
from placements.finding.models import Application
from placements.models import Placement
from portal.needs import needs_of_staff
from portal.people.models import Membership
from students.models import Student
from students.tlevels.rules import rule_sets
from tests import factories
from tests.conftest import signed_in
from tests.placements.finding_scenes import (
    WEDNESDAY,
    application_of,
    applications_of,
    cast_for,
    find_of,
    in_days,
    opportunities_of,
    opportunity_of,
    seeker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@pytest.fixture
def cast(request, db):
    return cast_for(request.fixturenames)


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def tutor(cast):
    return signed_in(cast.tutor)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def names(response) -> list[str]:
    return [student.user.first_name for student in response.context["page"]]


def known_since(student, **ago):
    student.user.joined_at = timezone.now() - timedelta(**ago)
    student.user.save()


def found(cast, query: str) -> list[str]:
    """First names of the tutor's students whom the board finds."""
    desk = Membership.objects.get(user=cast.tutor)
    rows = Looking(QueryDict(query), Student.objects.filter(tutor=cast.tutor), desk=desk).qs
    return [student.user.first_name for student in rows]


def test_those_without_a_place_longest_first(cast, tutor, sam):
    known_since(sam, days=10)
    known_since(seeker(cast, "Old"), days=40)
    late = seeker(cast, "Late")
    known_since(late, days=300)
    factories.PlacementFactory(
        student=late, first_on=date(2026, 3, 2), last_on=date(2026, 11, 1), status=Placement.Status.ENDED, weekdays=[]
    )
    assert sorted(found(cast, "")) == ["Late", "Old", "Sam"]
    response = tutor.get("/finding/?show=all")
    assert names(response) == ["Old", "Late", "Sam", "Student"]
    page = text(response)
    assert "40 days" in page
    assert '17 days<span class="hint">since 1 November 2026' in page


def test_what_was_tried_stands_there(cast, tutor, sam):
    for role, status in [("A", "not_successful"), ("B", "not_successful"), ("C", "withdrawn"), ("D", "interview")]:
        application_of(opportunity_of(cast, role=role), sam, status)
    page = text(tutor.get("/finding/"))
    assert "2 not successful, 1 withdrawn" in page
    assert "Interview on 21 November 2026 at 10:00" in page
    assert "3 open" in page


def test_a_tutor_sees_their_own_a_coordinator_everybody(cast, tutor, sam):
    seeker(cast, "Theirs", tutor=cast.tutor2)
    seeker(cast, "Foreign", tutor=cast.other_tutor, provider=cast.other_provider)
    assert names(tutor.get("/finding/")) == ["Sam"]
    office = signed_in(cast.coordinator)
    assert sorted(names(office.get("/finding/"))) == ["Sam", "Theirs"]
    asked, desk = QueryDict(f"tutor={cast.tutor2.pk}"), Membership.objects.get(user=cast.coordinator)
    rows = Looking(asked, Student.objects.filter(provider=cast.provider), desk=desk).qs
    assert "Theirs" in {student.user.first_name for student in rows}
    assert {student.tutor for student in rows} == {cast.tutor2}


def test_filters(cast, tutor):
    seeker(cast, "Idle")
    application_of(opportunity_of(cast), seeker(cast, "Offered"), "offered")
    find_of(seeker(cast, "Finder"))
    wanted = {
        "show=nothing": ["Idle"],
        "show=offer": ["Offered"],
        "show=found": ["Finder"],
        "q=fin": ["Finder"],
        "q=zzz": [],
        "show=nonsense": ["Finder", "Idle", "Offered", "Student"],
    }
    for query, expected in wanted.items():
        assert sorted(found(cast, query)) == expected, query
    assert names(tutor.get("/finding/?show=found")) == ["Finder"]
    assert "Nobody matches" in text(tutor.get("/finding/?q=zzz"))


def test_the_empty_board_is_good_news_and_without_students_no_news(cast, tutor):
    assert "Nobody is without a place" in text(tutor.get("/finding/"))
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)
    words = text(tutor.get("/finding/"))
    assert "No students yet" in words
    assert "Nobody is without a place" not in words


def test_the_board_takes_eight_queries_however_many(cast, sam, django_assert_num_queries):
    opportunity, office = opportunity_of(cast, places=99), signed_in(cast.coordinator)
    application_of(opportunity, sam)
    with django_assert_num_queries(8):
        assert len(names(office.get("/finding/"))) == 1
    applications_of([opportunity] * 2, factories.many_students(2, provider=cast.provider, tutor=cast.tutor))
    with django_assert_num_queries(8):
        assert len(names(office.get("/finding/"))) == 3


# --- Suggestions ----------------------------------------------------------------------------------------------------


def test_a_suggestion_says_why(cast, tutor, sam):
    cast.provider.address = "Orchard Road, Northfield"
    cast.provider.save()
    employer = factories.EmployerFactory(provider=cast.provider, name="Harbour", town="Northfield")
    opportunity = opportunity_of(cast, employer=employer)
    application_of(opportunity, seeker(cast, "Kim"))
    page = text(tutor.get(f"/finding/{sam.pk}/"))
    for reason in [
        "It is for Digital Software Development, which Sam studies.",
        "It is in Northfield, as the college is.",
        "2 places free, and 1 student has applied.",
        "It runs from 28 December 2026 to 6 June 2027, with no other placement in that time.",
        "and 315 h are still needed.",
        "Mon to Wed 09:00 to 17:00 keeps within working time for Sam.",
    ]:
        assert reason in page
    assert "What to think about" not in page


def test_a_suggestion_says_what_to_think_about(cast, tutor, sam):
    sam.born_on = timezone.localdate() - timedelta(days=365 * 17)
    sam.save()
    factories.PlacementFactory(
        student=sam, employer=cast.employer2, first_on=in_days(30), last_on=in_days(60), status="planned", weekdays=[]
    )
    opportunity = opportunity_of(cast, weekdays=(), closes_on=in_days(3), last_on=in_days(60))
    opportunity.days.create(weekday=0, starts="08:00", finishes="19:00", break_minutes=60)
    application_of(opportunity, sam, "withdrawn")
    page = text(tutor.get(f"/finding/{sam.pk}/"))
    for doubt in [
        "at the same time as the placement at Employer2.",
        "It comes to about 20 h, and 315 h are still needed.",
        "Working time: Monday: 10 h on one day.",
        "Applications end soon, on 21 November 2026.",
        "Sam has tried it before: withdrawn on 18 November 2026.",
    ]:
        assert doubt in page


def test_without_anything_open_it_says_what_to_do(tutor, sam):
    page = text(tutor.get(f"/finding/{sam.pk}/"))
    assert "Nothing else is open for this T Level" in page
    assert "No employer so far." in page


def test_the_best_stands_first_and_nothing_happens_by_itself(cast, tutor, sam):
    soon = opportunity_of(cast, role="Soon over", closes_on=in_days(2))
    good = opportunity_of(cast, role="Good")
    found = [match.opportunity for match in tutor.get(f"/finding/{sam.pk}/").context["matches"]]
    assert found == [good, soon]
    assert Application.objects.count() == 0


def test_a_student_s_page_takes_eight_queries(cast, tutor, sam, django_assert_num_queries):
    rule_sets()  # read once a minute
    for number in (1, 2):
        opportunities_of(cast, number)
        applications_of(opportunities_of(cast, number), [sam] * number, "withdrawn")
        with django_assert_num_queries(8):
            tutor.get(f"/finding/{sam.pk}/")


def test_putting_forward_asks_the_student(cast, tutor, sam):
    opportunity = opportunity_of(cast)
    url = f"/finding/{sam.pk}/forward/{opportunity.pk}/"
    assert "only then the employer hears of it" in text(tutor.get(url))
    assert tutor.post(url, {"words": "You like tools."}).url == f"/finding/{sam.pk}/"
    application = Application.objects.get()
    assert (application.status, application.put_forward_by) == ("put_forward", cast.tutor)
    assert "There is an application for this already." in text(tutor.post(url, {"words": "Again"}))
    assert tutor.post(url, {"words": "x" * 1001}).status_code == 422


def test_nobody_is_put_forward_for_another_t_level_or_by_a_stranger(cast, tutor, sam):
    health = opportunity_of(cast, tlevel="Health")
    assert tutor.get(f"/finding/{sam.pk}/forward/{health.pk}/").status_code == 404
    fitting = opportunity_of(cast)
    assert signed_in(cast.tutor2).post(f"/finding/{sam.pk}/forward/{fitting.pk}/").status_code == 404
    assert Application.objects.count() == 0


# --- The dashboards -------------------------------------------------------------------------------------------------


def needs_of(user) -> list[tuple]:
    """What waits for somebody of the staff: the words, and of which thing."""
    return [(need.says, need.thing) for need in needs_of_staff(user.desks[0], timezone.now())]


def test_what_waits_for_staff_is_on_their_dashboards(cast, tutor, sam):
    find = find_of(sam)
    late = application_of(opportunity_of(cast), sam, "offered", moved_at=timezone.now() - timedelta(days=6))
    application_of(opportunity_of(cast, role="New"), seeker(cast, "Kim"), "offered")
    found = ("Found an employer themselves: Corner Bakery", find.pk)
    unanswered = ("Has not answered the offer of a place at Employer", late.pk)
    office = [need for need in needs_of(cast.coordinator) if need[0].startswith(("Found", "Has not answered"))]
    assert sorted(office) == [found, unanswered]
    mine = text(tutor.get("/caseload/"))
    assert "Corner Bakery" not in mine
    assert mine.count("Has not answered the offer of a place") == 1
    assert f"/applications/{late.pk}/" in mine
