"""A page of a meeting that was open while somebody else acted: what was typed stays, and what is by now is said."""

import pytest

from reviews.meetings.models import Meeting
from reviews.meetings.views.arranging import by_now
from reviews.meetings.views.meetings import key_in
from tests.conftest import signed_in
from tests.reviews.meetings_ready import WHERE, agreed_meeting, in_days, planned_meeting
from tests.reviews.signoffs import again as student_again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def sent(cast, meeting, page, **data):
    return signed_in(cast.tutor).post(f"/meetings/{meeting.pk}/{page}/", data)


def add(cast, **data):
    return signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/meetings/new/", data)


EXTRA = {"title": "After the project week", "due_on": "2026-06-01"}
DATE = {"day": "2026-05-19", "time": "14:00", "way": "phone", "where": "Ring 0161 496 0301", "minutes": "30"}


# --- planning one ---


def test_one_that_was_planned_meanwhile_is_told_and_the_words_stay(cast):
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/meetings/new/")
    assert 'name="seen" value="0"' in text(page)
    other = planned_meeting(cast)
    response = add(cast, **EXTRA, seen="0")
    assert response.status_code == 409
    assert "“Midway”, around 15 May 2026, was planned meanwhile. Nothing of yours was stored" in text(response)
    assert 'value="After the project week"' in text(response)
    assert f'name="seen" value="{other.pk}"' in text(response)
    assert [meeting.title for meeting in Meeting.objects.all()] == ["Midway"]
    assert add(cast, **EXTRA, seen=other.pk).status_code == 302
    assert add(cast, **EXTRA, seen=other.pk).status_code == 409  # a double click
    assert Meeting.objects.count() == 2


def test_one_that_was_cancelled_is_no_news(cast):
    planned_meeting(cast).cancel(by=cast.tutor, reason="Not needed")
    assert add(cast, **EXTRA, seen="0").status_code == 302


def test_nonsense_counts_as_nothing_seen():
    assert [key_in(seen) for seen in ("", "x", "-3", "9" * 30, "17")] == [0, 0, 0, 0, 17]


def test_a_record_that_was_signed_off_meanwhile_says_so_in_the_form(cast):
    student = student_again(cast.student_record)
    type(student).objects.filter(pk=student.pk).update(signed_off_at=in_days(-1))
    response = add(cast, **EXTRA, seen="0")
    assert response.status_code == 409
    assert "This record was signed off on 11 May 2026" in text(response)
    assert 'value="After the project week"' in text(response)


# --- a date, and giving one up ---


def test_a_date_that_was_set_meanwhile_is_said_with_what_was_typed(cast):
    meeting = planned_meeting(cast)
    meeting.fix(by=cast.coordinator, starts_at=in_days(4), **WHERE)
    for page, data in (("date", DATE), ("offer", {"day1": "2026-05-19", "time1": "14:00", **DATE})):
        response = sent(cast, meeting, page, **data, seen="0")
        assert response.status_code == 409
        assert "Somebody was quicker. By now: On Saturday 16 May 2026 at 14:00." in text(response)
        assert 'value="Ring 0161 496 0301"' in text(response)
        assert list(response.context["form"].errors) == ["__all__"]  # the reason was not asked for on their page
    assert Meeting.objects.get().sentence() == "On Saturday 16 May 2026 at 14:00"


def test_who_looked_at_it_moves_it_with_a_reason(cast):
    meeting = planned_meeting(cast)
    meeting.fix(by=cast.coordinator, starts_at=in_days(4), **WHERE)
    response = sent(cast, meeting, "date", **DATE, seen="1", reason="The manager is away")
    assert response.status_code == 302
    assert Meeting.objects.get().sentence() == "On Tuesday 19 May 2026 at 14:00"


def test_a_meeting_that_was_cancelled_meanwhile_is_not_dated(cast):
    meeting = planned_meeting(cast)
    meeting.cancel(by=cast.coordinator, reason="The student is ill")
    for seen in ("0", "1"):
        response = sent(cast, meeting, "date", **DATE, seen=seen)
        assert response.status_code == 409
        assert "By now: Cancelled: The student is ill." in text(response)


def test_a_reason_that_is_a_question_gets_no_full_stop(cast):
    meeting = planned_meeting(cast)
    meeting.cancel(by=cast.coordinator, reason="Is anybody there?")
    assert "By now: Cancelled: Is anybody there? Nothing of yours was stored." in by_now(meeting).message


def test_a_meeting_is_not_cancelled_over_a_date_that_nobody_saw(cast):
    meeting = planned_meeting(cast)
    meeting.fix(by=cast.coordinator, starts_at=in_days(4), **WHERE)
    response = sent(cast, meeting, "cancel", seen="0", reason="We never found a date")
    assert response.status_code == 409
    assert "Somebody was quicker. By now: On Saturday 16 May 2026 at 14:00." in text(response)
    assert "We never found a date" in text(response)
    assert Meeting.objects.get().status == "agreed"


def test_nor_missed_after_it_was_moved(cast):
    meeting = agreed_meeting(cast, days=-1)
    meeting.fix(by=cast.coordinator, starts_at=in_days(-2), **WHERE, reason="It was the day before")
    assert sent(cast, meeting, "missed", seen="1", reason="Nobody came").status_code == 409
    assert sent(cast, meeting, "missed", seen="2", reason="Nobody came").status_code == 302
