"""Review meetings across placements; meetings that took place already; answers that can be read again."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from portal.asks.models import Ask
from portal.notices.models import Notice
from portal.workflow import Refused
from reviews.dashboards.beside import narrowed
from reviews.meetings.models import Meeting
from reviews.meetings.views.across import MeetingFilter, meetings_at, shown
from reviews.risk.signs import signs_of
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.reviews.meetings_ready import WHERE, agreed_meeting, held_meeting, in_days, offered_meeting, planned_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


def found(user, query="") -> list[str]:
    """Titles of the meetings that the filters of somebody's list leave, in its order, without its page."""
    desk = user.desks[0]
    return [row.title for row in shown(MeetingFilter(QueryDict(query), queryset=meetings_at(desk), desk=desk))]


def listed(user, query=""):
    return signed_in(user).get(reverse("review_meeting_list") + query)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def one_of_each(cast):
    today = timezone.localdate()
    planned_meeting(cast, title="Planned", due_on=today + timedelta(days=9))
    planned_meeting(cast, title="Late", due_on=today - timedelta(days=9))
    for title, made in (
        ("Offered", offered_meeting(cast)),
        ("Agreed", agreed_meeting(cast, days=4)),
        ("Past", agreed_meeting(cast, days=-2)),
        ("Held", held_meeting(cast)),
    ):
        Meeting.objects.filter(pk=made.pk).update(title=title)
    missed = agreed_meeting(cast, days=-3)
    missed.miss(by=cast.tutor, reason="Ill")
    Meeting.objects.filter(pk=missed.pk).update(title="Missed")


@pytest.mark.database
def test_meetings_are_found_by_how_they_stand_and_every_figure_opens_the_list_that_it_counts(cast):
    one_of_each(cast)
    titles = {
        "": ["Late", "Past", "Held", "Offered", "Agreed", "Planned"],
        "state=upcoming": ["Agreed"],
        "state=undated": ["Late", "Offered", "Planned"],
        "state=overdue": ["Late", "Past"],
        "state=to_record": ["Past"],
        "state=to_confirm": ["Held"],
        "state=over": ["Missed"],
        "q=student": ["Late", "Past", "Held", "Offered", "Agreed", "Planned"],
        "q=nobody": [],
        "state=sleeping": ["Late", "Past", "Held", "Offered", "Agreed", "Planned"],
    }
    assert {query: found(cast.tutor, query) for query in titles} == titles
    response = listed(cast.tutor, "?state=sleeping")
    assert [row.title for row in response.context["page"]] == titles[""]
    counts = response.context["counts"]
    assert [(label, number) for label, _, number in counts] == [
        ("To come", "1"),
        ("Without a date", "3"),
        ("Overdue", "2"),
        ("To be written down", "1"),
        ("Waiting for confirmation", "1"),
    ]
    for _, query, number in counts:
        assert len(titles[query.removeprefix("?")]) == int(number)


def test_lists_figures_and_standings_call_the_same_meetings_overdue(cast):
    late = offered_meeting(cast)  # dates were offered, nobody chose one
    Meeting.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    agreed_meeting(cast, days=-2)
    agreed_meeting(cast, days=0)  # today: nothing is late before the day is over
    pk = cast.student_record.pk
    assert len(found(cast.tutor, "state=overdue")) == 2
    assert signs_of([pk], timezone.now())[pk].meetings == 2
    students = narrowed(Student.objects.filter(provider=cast.provider), "reviews", None)
    assert list(students.values_list("pk", flat=True)) == [pk]
    Student.objects.filter(pk=pk).update(signed_off_at=timezone.now())
    assert found(cast.tutor, "state=overdue") == []
    assert signs_of([pk], timezone.now())[pk].meetings == 0


def test_a_tutor_sees_their_own_students_and_the_office_everybodys(cast):
    Meeting.objects.create(placement=cast.placement2, title="Not mine", due_on=timezone.localdate())
    Meeting.objects.create(placement=cast.other_placement, title="Elsewhere", due_on=timezone.localdate())
    assert found(cast.tutor) == []
    assert found(cast.coordinator) == ["Not mine"]
    assert found(cast.coordinator, f"tutor={cast.tutor.pk}") == []
    assert found(cast.coordinator, f"tutor={cast.tutor2.pk}") == ["Not mine"]


def test_the_empty_list_says_where_meetings_come_from(cast):
    assert "No meeting is open" in text(listed(cast.tutor))
    assert "No meeting matches" in text(listed(cast.tutor, "?state=over"))


def test_it_is_linked_from_the_homes_of_staff(cast):
    for role, home in (("tutor", "tutor_home"), ("coordinator", "coordinator_home")):
        assert f'href="{reverse("review_meeting_list")}"' in text(signed_in(getattr(cast, role)).get(reverse(home)))


def test_the_number_of_queries_is_fixed(cast, django_assert_num_queries):
    students = factories.many_students(3, provider=cast.provider, tutor=cast.tutor)
    placements = factories.many_placements(students, employer=cast.employer, manager=cast.manager)
    clients = {5: signed_in(cast.tutor), 6: signed_in(cast.coordinator)}
    for rows in (range(1), range(1, 3)):
        Meeting.objects.bulk_create(
            Meeting(placement=placements[n % 3], title=f"Review {n}", due_on=timezone.localdate()) for n in rows
        )
        for number, client in clients.items():
            with django_assert_num_queries(number):  # session, person, how many, the meetings, the figures; the tutors
                client.get(reverse("review_meeting_list"))


# --- A meeting that took place already ---


def fix(cast, meeting, day, **more):
    data = {"day": f"{day:%Y-%m-%d}", "time": "14:00", "way": "phone", "where": "", "minutes": "45", "seen": "0"} | more
    return signed_in(cast.tutor).post(reverse("meeting_fix", args=[meeting.pk]), data)


def test_a_past_date_asks_whether_the_meeting_took_place(cast):
    meeting = planned_meeting(cast)
    response = fix(cast, meeting, in_days(-3))
    assert response.status_code == 422
    assert "Record a meeting that took place" in text(response)
    assert 'value="2026-05-09"' in text(response)
    assert Meeting.objects.get(pk=meeting.pk).status == "planned"
    assert not Notice.objects.filter(kind="meeting_news").exists()


def test_a_meeting_that_took_place_is_recorded_and_nobody_is_invited(cast):
    meeting = planned_meeting(cast)
    response = fix(cast, meeting, in_days(-3), took_place="1")
    assert response.url == reverse("meeting_record", args=[meeting.pk])
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.status, meeting.starts_at, meeting.sequence) == ("agreed", in_days(-3), 0)
    assert not Notice.objects.filter(kind="meeting_news").exists()
    lead = text(signed_in(cast.tutor).get(response.url))
    assert "Saturday 9 May 2026 at 14:00, notes not closed yet. By phone." in lead
    html = text(signed_in(cast.tutor).get(meeting.get_absolute_url()))
    assert "recorded that the meeting took place on Saturday 9 May 2026 at 14:00" in html


def test_where_another_date_was_agreed_everybody_hears_that_it_does_not_hold(cast):
    meeting = agreed_meeting(cast, days=5)
    before = Notice.objects.count()
    response = fix(cast, meeting, in_days(-1), took_place="1", reason="We met earlier", seen=str(meeting.version))
    assert response.status_code == 302
    assert Notice.objects.count() == before + 2  # the student and the line manager
    assert "took place on Monday 11 May at 14:00" in Notice.objects.latest("pk").text


def test_saying_that_it_took_place_does_not_set_a_date_to_come(cast):
    meeting = planned_meeting(cast)
    fix(cast, meeting, in_days(3), took_place="1")
    assert Meeting.objects.get(pk=meeting.pk).sequence == 1  # set, and everybody told
    with pytest.raises(Refused):
        planned_meeting(cast).take_place(by=cast.tutor, starts_at=in_days(1), **WHERE)


# --- The place of an online meeting, and answers to read again ---


def test_the_address_of_an_online_meeting_is_a_link(cast):
    meeting, client = agreed_meeting(cast), signed_in(cast.student)
    for way, where, link in (
        ("online", "https://meet.example/abc", "https://meet.example/abc"),
        ("online", "Code 42 at https://meet.example/abc.", "https://meet.example/abc"),
        ("online", "javascript:alert(1)", ""),
        ("in_person", "https://meet.example/abc", ""),
    ):
        meeting.way, meeting.where = way, where
        assert meeting.link == link
    meeting.save()
    assert 'href="https://meet.example/abc"' not in text(client.get(meeting.get_absolute_url()))
    Meeting.objects.update(way="online")
    assert 'href="https://meet.example/abc"' in text(client.get(meeting.get_absolute_url()))


def link() -> str:
    return Ask.objects.latest("made_at").path()


def test_a_chosen_date_can_be_read_again_by_the_same_link_while_one_manages_the_placement(cast, client):
    meeting = offered_meeting(cast)
    path = link()
    client.post(path, {"date": meeting.offers.first().pk})
    html = text(client.get(path))
    assert "What you answered" in html
    assert "chose Saturday 16 May 2026 at 14:00" in html
    assert "Send my answer" not in html
    Placement.objects.filter(pk=cast.placement.pk).update(manager=cast.manager2)
    assert client.get(path).status_code == 410


def test_an_answer_that_none_fits_can_be_read_again_also_once_others_are_offered(cast, client):
    meeting = offered_meeting(cast)
    path = link()
    client.post(path, {"words": "Tuesdays after 3"})
    assert "on any of the dates: Tuesdays after 3" in text(client.get(path))
    Meeting.objects.get(pk=meeting.pk).offer(by=cast.tutor, dates=[in_days(8)], **WHERE)
    html = text(client.get(path))
    assert "Tuesdays after 3" in html
    assert "Send my answer" not in html


def test_an_answer_to_notes_can_be_read_again_after_the_notes_were_opened_again(cast, client):
    meeting = held_meeting(cast)
    path = link()
    client.post(path, {"agrees": "no", "words": "The rota was not agreed"})
    Meeting.objects.get(pk=meeting.pk).reopen(by=cast.tutor, reason="A goal was missing")
    response = client.get(path)
    assert response.status_code == 200
    assert "The rota was not agreed" in text(response)


@pytest.mark.parametrize(("days", "says"), [("-1", "0 or more, not -1"), ("9999", "at most 365, not 9999")])
def test_days_of_the_pattern_out_of_bounds_are_refused_in_plain_words(cast, days, says):
    data = {"meetings-TOTAL_FORMS": 1, "meetings-INITIAL_FORMS": 0, "meetings-0-title": "Halfway"}
    data |= {"meetings-0-days": days, "meetings-0-anchor": "start"}
    response = signed_in(cast.coordinator).post("/meetings/pattern/", data)
    assert response.status_code == 422
    assert text(response).count(f"Enter {says}.") == 2  # above and beside the field
