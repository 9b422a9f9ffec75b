"""What the rooms show on the pages of a placement and of a student: the figures of all of them are one query."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from placements.arrangements.models import FirstDay
from placements.setup.models import SharedAdjustment
from portal.needs import kinds
from portal.rooms import Entry, Figures, entries_of, entries_of_student, of_first
from reviews.dashboards.needs import RED_BELOW
from reviews.forms.models import Occasion, ReviewForm
from reviews.meetings.models import Meeting
from students.models import Student
from tests.conftest import signed_in
from tests.reviews.signoffs import signed_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished(cast):
    """A meeting is planned, a review form has come in, words wait for the student's release."""
    Meeting.objects.create(placement=cast.placement, title="Midway", due_on=date(2026, 5, 1))
    ReviewForm.objects.create(
        placement=cast.placement, occasion=Occasion.MIDWAY, status=ReviewForm.Status.HANDED_IN,
        handed_in_at=timezone.now(), handed_in_name="Manager Reed",
    )  # fmt: skip
    SharedAdjustment.objects.create(placement=cast.placement, words="A chair with a back", written_by=cast.tutor)
    return cast


@pytest.mark.parametrize(("who", "number"), [("tutor", 12), ("coordinator", 12), ("student", 12), ("manager", 10)])
def test_a_room_reads_a_row_of_its_own_only_where_there_is_one(furnished, who, number, django_assert_num_queries):
    client, url = signed_in(getattr(furnished, who)), f"/placements/{furnished.placement.pk}/"
    page = client.get(url).content.decode()
    assert "Midway: Due around 1 May 2026" in page
    assert ("Not released yet" in page) == (who != "manager")
    with django_assert_num_queries(number):
        client.get(url)


@pytest.mark.database
def test_all_rooms_of_a_placement_say_how_they_stand(furnished):
    found = {entry.title: (entry.says, entry.tone) for entry in entries_of(furnished.placement, {"tutor"})}
    assert found["Before day one"] == ("0 of 8 arranged", "calm")
    assert found["First-day card"] == ("What to wear and whom to ask for is not said yet", "calm")
    assert found["Adjustments to share"] == ("Not released yet", "waiting")
    assert found["Agreement"] == ("Not made yet", "calm")
    assert found["Logbook"] == ("Nothing shared yet", "calm")
    assert found["Review meetings"][0] == "Midway: Due around 1 May 2026, no date yet"
    assert found["Employer's review forms"][0].startswith("Midway: handed in")
    assert "When something is wrong" not in found


@pytest.mark.database
def test_all_rooms_of_a_student_say_how_they_stand(cast):
    found = {entry.title: entry.says for entry in entries_of_student(cast.student_record, cast.tutor)}
    assert found["Support on the student's terms"] == "Nothing shared with you"
    assert found["Action plan"] == "Nothing open"
    assert found["Self-assessment and growth"] == "Nothing shared yet"
    assert found["Behaviour at work, own view"] == "Nothing shared yet"
    assert found["CV, cover letters and research"] == "Nothing shown yet"
    assert "Certificate of hours" not in found
    signed_off(cast)
    student = Student.objects.get(pk=cast.student_record.pk)
    found = {entry.title: entry.says for entry in entries_of_student(student, cast.tutor)}
    assert found["Certificate of hours"] == "Signed off, not issued yet"


def test_a_row_that_went_in_between_is_no_error(cast):
    answer = of_first(Meeting.objects.none(), lambda meeting: Entry(meeting.title, "/"), Entry("None", "/"))
    assert isinstance(answer, Figures)
    assert answer.make(are_there=True) == Entry("None", "/")


def test_every_kind_of_need_has_a_whole_name_of_its_own_to_be_chosen_by():
    autodiscover_modules("showing")
    names = [kind.called for kind in kinds]
    assert [name for name in names if "{" in name] == []
    assert len(set(names)) == len(names)


def test_worries_come_first_then_whatever_is_a_problem_then_the_rest():
    autodiscover_modules("showing")
    urgent = [kind.name for kind in kinds if kind.order < RED_BELOW]
    assert urgent == [
        "concern_overdue", "concern_waiting", "concern_open", "concern_follow_up",
        "check_lapsed", "check_kept_from", "agreement_declined", "check_missing", "check_lapses_7",
    ]  # fmt: skip
    assert [kind.name for kind in kinds if kind.order >= RED_BELOW and kind.tone == "problem"] == []
    assert {kind.tone for kind in kinds if kind.name in urgent[4:]} == {"problem"}


@pytest.mark.parametrize("name", ["ask_for", "go_to", "wear_and_bring", "phone"])
def test_a_first_day_card_is_filled_if_it_says_anything(cast, name):
    card = FirstDay.objects.create(placement=cast.placement)
    assert (card.is_empty, FirstDay.objects.filled().exists()) == (True, False)
    setattr(card, name, "Mo at the desk")
    card.save()
    assert (card.is_empty, FirstDay.objects.filled().exists()) == (False, True)
