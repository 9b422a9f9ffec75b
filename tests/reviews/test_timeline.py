"""A student's timeline: what each reader finds, in order, by kind, by page."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.concerns.models import Concern, ConcernKind, Visibility
from placements.goals.models import LearningGoal
from placements.timesheets.models import Absence, AbsenceKind, Timesheet
from portal.people.models import User
from portal.timeline import Timeline
from reviews.forms.models import Occasion, ReviewForm
from reviews.meetings.models import Meeting
from reviews.timeline.views import TimelineForm
from tests import factories
from tests.conftest import signed_in
from tests.reviews.meetings_ready import agreed_meeting, planned_meeting

pytestmark = pytest.mark.django_db


def page(user, student, **query):
    return signed_in(user).get(reverse("student_timeline", args=[student.pk]), query)


def lines(response) -> list[str]:
    return [moment.says for group in response.context["groups"] for moment in group["moments"]]


def found(user, student, kind="") -> list[str]:
    """What stands in the timeline for this reader, without its page."""
    timeline = Timeline(student, user, kind=kind)
    return [timeline.read(row).says for row in timeline.rows()]


def worry(cast, **more):
    kind = ConcernKind.objects.filter(is_accident=False).first()
    fields = {"provider": cast.provider, "student": cast.student_record, "kind": kind, "due_at": timezone.now()}
    return Concern.objects.create(**fields | more)


def approved_week(cast):
    at = timezone.make_aware(datetime(2026, 3, 9, 10))
    return factories.TimesheetFactory(
        placement=cast.placement, monday=date(2026, 3, 2), minutes=1800, status=Timesheet.Status.APPROVED,
        handed_in_at=at, handed_in_by=cast.student, decided_at=at + timedelta(days=1), decided_by=cast.manager,
    )  # fmt: skip


@pytest.mark.database
def test_everything_stands_in_order_of_time_the_latest_first_unless_it_is_turned_in_the_address(cast):
    approved_week(cast)
    Absence.objects.create(placement=cast.placement, day=date(2026, 3, 17), kind=AbsenceKind.SICK)
    everything = [
        "Last day at Employer, as agreed",
        "Sick",
        "Week of 2 March, 30 h, approved on 10 March 2026",
        "Started at Employer",
    ]
    assert lines(page(cast.tutor, cast.student_record)) == everything
    assert lines(page(cast.tutor, cast.student_record, order="oldest")) == everything[::-1]


def test_a_kind_can_be_chosen_in_the_address_and_offers_the_way_back_where_there_is_nothing_of_it(cast):
    assert "Nothing of this kind so far" in page(cast.tutor, cast.student_record, kind="weeks").text
    approved_week(cast)
    response = page(cast.tutor, cast.student_record, kind="weeks")
    assert lines(response) == ["Week of 2 March, 30 h, approved on 10 March 2026"]
    assert '<option value="weeks" selected>Weeks</option>' in response.text


def test_nonsense_as_a_kind_shows_everything_and_says_so(cast):
    response = page(cast.tutor, cast.student_record, kind="nonsense")
    assert response.status_code == 200
    assert len(lines(response)) == 2
    assert response.context["form"].errors
    for kind in ("a" * 5000, "weeks\x00"):
        form = TimelineForm([("weeks", "Weeks")], {"kind": kind})
        assert (form.chosen("kind"), list(form.errors)) == ("", ["kind"])


def test_a_student_without_anything_is_told_what_will_stand_here(cast):
    alone = factories.StudentFactory(provider=cast.provider, tutor=cast.tutor)
    assert "Nothing has happened yet" in page(cast.tutor, alone).content.decode()


def test_planned_things_stand_before_the_line_of_today(cast):
    planned_meeting(cast, due_on=timezone.localdate() + timedelta(days=40))
    response = page(cast.tutor, cast.student_record)
    groups = response.context["groups"]
    assert [group["is_planned"] for group in groups][:2] == [True, False]
    assert [group["is_today"] for group in groups][:2] == [False, True]
    text = response.content.decode()
    assert text.index("Midway: due around this day, no date yet") < text.index('id="today"')
    assert 'href="#today"' in text


def test_jumping_to_today_leads_to_the_page_on_which_it_stands(cast):
    today = timezone.localdate()
    Meeting.objects.bulk_create(
        Meeting(placement=cast.placement, title=f"Meeting {n}", due_on=today + timedelta(days=n + 1)) for n in range(60)
    )
    text = page(cast.tutor, cast.student_record).content.decode()
    assert 'href="?page=2#today"' in text
    second = page(cast.tutor, cast.student_record, page=2)
    assert 'href="#today"' in second.content.decode()
    assert len(lines(second)) == 12


def test_a_meeting_says_its_time_and_while_its_notes_are_open_no_more_than_is_known(cast):
    agreed_meeting(cast, days=-1)
    agreed_meeting(cast, days=4)
    says = ["Midway at 14:00", "Midway at 14:00, notes not closed yet"]
    assert found(cast.student, cast.student_record, "meetings") == says


@pytest.mark.database
def test_goals_agreed_at_once_are_one_line(cast):
    now = timezone.now()
    for number in (1, 2, 3):
        LearningGoal.objects.create(
            placement=cast.placement, number=number, wording=f"Goal {number}", tutor_agreed_at=now,
            manager_agreed_at=now, manager_agreed_name="Manager Reed",
        )  # fmt: skip
    assert found(cast.tutor, cast.student_record, "goals") == ["Manager Reed agreed to 3 learning goals"]


def test_a_worry_is_named_to_the_tutor_without_a_word_of_it(cast):
    raised = worry(cast)
    response = page(cast.tutor, cast.student_record, kind="worries")
    assert lines(response) == ["Told that something is wrong"]
    assert raised.kind.title not in response.content.decode()


def test_a_worry_for_the_tutor_alone_does_not_exist_for_the_office(cast):
    worry(cast)
    assert found(cast.coordinator, cast.student_record, "worries") == []
    worry(cast, visibility=Visibility.OFFICE)
    assert found(cast.coordinator, cast.student_record, "worries") == ["Told that something is wrong"]


def test_a_review_form_that_is_still_open_is_not_the_students_to_know(cast):
    ReviewForm.objects.create(placement=cast.placement, occasion=Occasion.MIDWAY)
    assert found(cast.student, cast.student_record, "forms") == []
    says = "Midway review form asked of Employer, not handed in yet"
    assert found(cast.tutor, cast.student_record, "forms") == [says]


def test_whoever_read_before_everybody_finds_their_own(cast):
    """The query is written once for readers of the same roles."""
    approved_week(cast)
    for _ in range(2):
        assert len(found(cast.tutor, cast.student_record, "weeks")) == 1
        assert found(cast.tutor2, cast.student_record, "weeks") == []
        assert found(cast.other_tutor, cast.student_record, "weeks") == []
    factories.MembershipFactory(user=cast.other_tutor, provider=cast.provider, role="coordinator")
    both = User.objects.get(pk=cast.other_tutor.pk)
    assert len(found(both, cast.student_record, "weeks")) == 1
    assert len(found(both, cast.other_student_record)) == 2
    assert found(both, cast.student_record2, "weeks") == []


def test_the_student_has_no_checks_to_choose_from_and_staff_do(cast):
    assert "checks" not in dict(Timeline(cast.student_record, cast.student).kinds)
    assert "checks" in dict(Timeline(cast.student_record, cast.tutor).kinds)


def test_a_student_finds_their_own_in_their_folder(cast):
    client = signed_in(cast.student)
    assert 'href="/timeline/"' in client.get(reverse("student_folder")).content.decode()
    own = client.get("/timeline/")
    assert "My timeline" in own.content.decode()
    assert lines(own) == found(cast.student, cast.student_record)


def test_staff_find_it_on_the_page_of_the_student(cast):
    text = signed_in(cast.tutor).get(reverse("student_detail", args=[cast.student_record.pk])).content.decode()
    assert reverse("student_timeline", args=[cast.student_record.pk]) in text


@pytest.mark.database
def test_it_takes_four_queries_however_much_there_is(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for rows in (range(1), range(1, 3)):
        Absence.objects.bulk_create(
            Absence(placement=cast.placement, day=date(2026, 3, 1) - timedelta(days=n), kind=AbsenceKind.SICK)
            for n in rows
        )
        with django_assert_num_queries(4):  # session, person, the student, the lines
            client.get(reverse("student_timeline", args=[cast.student_record.pk]))
