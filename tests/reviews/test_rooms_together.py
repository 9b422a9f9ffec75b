"""What the rooms show on the pages of a placement and of a student: the figures of all of them are one query."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from placements.arrangements.models import FirstDay
from placements.setup.models import SharedAdjustment
from portal.discovering import discover
from portal.needs import OTHERS, RED, WORRIES, for_staff, kinds
from portal.rooms import Entry, entries_of, entries_of_student, filled_in, of_first
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


def test_the_rows_of_all_rooms_are_read_in_one_query(furnished, django_assert_num_queries):
    url = f"/placements/{furnished.placement.pk}/"
    for who, number in (("coordinator", 7), ("student", 7), ("manager", 6)):
        client = signed_in(getattr(furnished, who))
        with django_assert_num_queries(number):
            page = client.get(url).text
        assert "Midway: Due around 1 May 2026" in page
        assert ("Not released yet" in page) == (who != "manager")


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


def planned_around(meeting) -> Entry:
    return Entry(f"{meeting.title}, {meeting.due_on:%-d %B}", f"/{meeting.pk}/")


def meetings_at(placement):
    return Meeting.objects.filter(placement=placement)


@pytest.mark.database
def test_the_first_row_is_read_with_what_is_wanted_of_it(furnished, django_assert_num_queries):
    placement, none, found = furnished.placement, Entry("None", "/"), Meeting.objects.get()
    answers = [
        of_first(meetings_at, planned_around, none, reads=("title", "due_on"), placement=one.pk)
        for one in (placement, furnished.placement2)
    ]
    with django_assert_num_queries(1):
        entries = filled_in(placement, answers)
    assert entries == [Entry("Midway, 1 May", f"/{found.pk}/"), none]


@pytest.mark.parametrize(("to_come", "says"), [(True, "Third: Due around 7 May 2026"), (False, "Second: Held on ")])
def test_the_next_meeting_comes_before_the_last_one_that_was_held(cast, to_come, says):
    held = {"status": Meeting.Status.HELD, "finished_at": timezone.now(), "finished_by": cast.tutor}
    for title, day in (("First", 1), ("Second", 5)):
        Meeting.objects.create(
            placement=cast.placement, title=title, due_on=date(2026, 3, day),
            starts_at=datetime(2026, 3, day, 12, tzinfo=UTC), **held,
        )  # fmt: skip
    if to_come:
        for title, day in (("Fourth", 9), ("Third", 7)):
            Meeting.objects.create(placement=cast.placement, title=title, due_on=date(2026, 5, day))
    found = {entry.title: entry.says for entry in entries_of(cast.placement, {"tutor"})}
    assert found["Review meetings"].startswith(says)


def test_every_kind_of_need_has_a_whole_name_of_its_own_to_be_chosen_by():
    discover("showing")
    names = [kind.called for kind in kinds]
    assert [name for name in names if "{" in name] == []
    assert len(set(names)) == len(names)


def test_worries_come_first_then_whatever_is_a_problem_then_the_rest():
    discover("showing")
    urgent = [kind.name for kind in kinds[:10]]
    assert urgent == [
        "concern_overdue", "concern_waiting", "concern_open", "concern_follow_up",
        "check_lapsed", "check_kept_from", "agreement_declined", "check_missing", "check_lapses_7", "out_of_reach",
    ]  # fmt: skip
    assert [kind.name for kind in kinds[10:] if kind.tone == "problem"] == []
    assert {kind.tone for kind in kinds[4:10]} == {"problem"}


def test_every_place_among_the_needs_of_staff_is_taken_once():
    discover("showing")
    assert [kind.name for kind in kinds] == [*WORRIES, *RED, *OTHERS]


def test_a_need_that_has_no_place_among_the_others_is_refused_by_its_name():
    with pytest.raises(LookupError, match="'logbook_quiet' has no place yet"):
        for_staff("logbook_quiet", says="Has written nothing", act="Open the logbook", url="logbook_placement")


def test_a_first_day_card_is_filled_if_it_says_anything(cast):
    card = FirstDay.objects.create(placement=cast.placement)
    for name in ("ask_for", "go_to", "wear_and_bring", "phone"):
        for words, is_empty in (("Mo at the desk", False), ("", True)):
            setattr(card, name, words)
            card.save()
            assert (card.is_empty, FirstDay.objects.filled().exists()) == (is_empty, not is_empty), name
