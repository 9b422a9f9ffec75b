"""Hours that cannot be reached are put aside by whoever is asked, and come back."""

import pytest
from django.utils import timezone

from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.people.models import Role
from reviews.dashboards.views.moves import move
from reviews.risk.judging import Ground, Level
from reviews.risk.keeping import reckon
from reviews.risk.models import ReachSeen, Standing
from reviews.risk.seeing import see_reach
from students.models import Student
from tests.conftest import person, signed_in
from tests.factories import MembershipFactory
from tests.pages import said

pytestmark = pytest.mark.django_db
H = 60
NEED = "The hours cannot be reached any more as things are"


@pytest.fixture
def beyond(cast, time_machine):
    """The student of the cast, who cannot reach the hours: the deadline has passed."""
    time_machine.move_to("2026-03-25 12:00:00+00:00", tick=False)
    Student.objects.filter(pk=cast.student_record.pk).update(entry_year="2023/24")
    reckon([cast.student_record.pk])
    return cast.student_record


def told(person) -> bool:
    """Whether it stands among their needs."""
    return "out_of_reach" in [need.kind.name for need in needs_of_staff(person.desks[0], timezone.now())]


def test_the_tutor_puts_aside_what_was_seen_and_it_comes_back_after_four_weeks(cast, beyond, time_machine):
    tutor, path = signed_in(cast.tutor), f"/students/{beyond.pk}/reach/seen/"
    page = tutor.get("/caseload/").content.decode()
    for words in (NEED, f'action="{path}"', "Staff can read this, the student cannot."):
        assert words in page
    note = {"note": "Asked for Fridays, too", "then": "home"}
    answer = tutor.post(path, note, follow=True)
    assert "Noted. It comes back on 22 April 2026, or as soon as it gets worse." in answer.content.decode()
    assert not told(cast.tutor)
    page = tutor.get(f"/students/{beyond.pk}/complete/").content.decode()
    assert "Tutor Reed looked at this on 25 March 2026: Asked for Fridays, too." in page
    assert "It stands among the needs again on 22 April 2026, or as soon as it gets worse." in page
    assert f'action="{path}"' not in page
    tutor.post(path, {"note": ""})  # in a page of before: nothing is taken away
    assert ReachSeen.objects.get().note == "Asked for Fridays, too"
    assert [event.says for event in Event.objects.about(beyond.reach_seen)] == [
        "looked at this: 31 July 2025 has passed, and 315 h are missing. 31 October 2025 is the last date to be "
        "certificated with the others. Note: Asked for Fridays, too"
    ]
    time_machine.move_to("2026-04-21 23:00:00+00:00", tick=False)
    assert not told(cast.tutor)
    time_machine.move_to("2026-04-22 12:00:00+00:00", tick=False)
    assert told(cast.tutor)
    tutor = signed_in(cast.tutor)
    tutor.post(path, {"note": ""})
    page = tutor.get(f"/students/{beyond.pk}/complete/").content.decode()
    assert "Tutor Reed looked at this on 22 April 2026.<" in page
    assert f'<a href="/placements/{cast.placement.pk}/change/">change the placement at Employer</a>' in page
    assert "All looks at it" in page


@pytest.mark.parametrize(
    ("now", "comes_back"),
    [
        ({"short": 100 * H + 13 * H}, False),
        ({"short": 100 * H + 14 * H}, True),  # a usual week more
        ({"short": 20 * H}, False),
        ({"short": 20 * H, "ground": Ground.WEEKS}, True),  # graver, though fewer are missing
    ],
)
def test_what_was_put_aside_comes_back_once_it_is_worse(cast, beyond, now, comes_back):
    standing = Standing.objects.filter(pk=beyond.pk)
    standing.update(ground=Ground.PACE, short=100 * H)
    seen = see_reach(standing.get(), by=cast.tutor)
    standing.update(**now)
    assert seen.holds(standing.get(), cast.tutor, timezone.now()) != comes_back
    assert told(cast.tutor) == comes_back


def test_another_tutor_has_not_seen_it(cast, beyond):
    see_reach(Standing.objects.get(pk=beyond.pk), by=cast.tutor)
    move(Student.objects.filter(pk=beyond.pk), cast.tutor2, by=cast.coordinator)
    reckon([beyond.pk])
    assert told(cast.tutor2)


def test_where_nobody_is_the_tutor_the_whole_office_goes_by_one_look(cast, beyond):
    Student.objects.filter(pk=beyond.pk).update(tutor=None)
    reckon([beyond.pk])
    colleague = person("colleague")
    MembershipFactory(user=colleague, provider=cast.provider, role=Role.COORDINATOR)
    see_reach(Standing.objects.get(pk=beyond.pk), by=cast.coordinator, note="Asked for Fridays, too")
    assert see_reach(Standing.objects.get(pk=beyond.pk), by=colleague).note == "Asked for Fridays, too"


def test_only_whoever_is_asked_puts_it_aside_and_only_while_it_is_so(cast, beyond):
    path = f"/students/{beyond.pk}/reach/seen/"
    office = signed_in(cast.coordinator)
    assert path not in office.get(f"/students/{beyond.pk}/complete/").content.decode()
    assert office.post(path, {"note": ""}).status_code == 403
    Student.objects.filter(pk=beyond.pk).update(tutor=None)
    Standing.objects.filter(pk=beyond.pk).update(tutor=None)
    assert told(cast.coordinator)
    assert path in office.get(f"/students/{beyond.pk}/complete/").content.decode()
    assert said(office.post(path, {"note": "x" * 301})) == ["Keep the note to 300 characters."]
    assert office.post(path, {"note": ""}).url == f"/students/{beyond.pk}/complete/#reach"
    assert not told(cast.coordinator)
    Standing.objects.filter(pk=beyond.pk).update(level=Level.WATCH)
    assert said(office.post(path, {"note": ""}))[-1] == "The hours can be reached by now: nothing has to be put aside."
