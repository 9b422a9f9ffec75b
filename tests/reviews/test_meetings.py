"""Review meetings: a date is found, moved or given up; mails, calendars, the pattern, reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from placements.models import Placement
from portal.asks.asking import withdraw_all
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.meetings.clock import plan_meetings, remind_of_meetings
from reviews.meetings.date_forms import ChooseForm, OfferForm
from reviews.meetings.forms import MeetingForm, ReasonForm
from reviews.meetings.models import Meeting
from reviews.meetings.telling import token_of
from tests.conftest import signed_in
from tests.pages import said
from tests.reviews.meetings_ready import WHERE, agreed_meeting, held_meeting, in_days, offered_meeting, planned_meeting
from tests.steps import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


def page(response) -> str:
    return response.content.decode()


def link_of(kind="meeting") -> str:
    return Ask.objects.filter(kind=kind, withdrawn_at=None).latest("made_at").path()


def again(meeting) -> Meeting:
    return Meeting.objects.with_people().get(pk=meeting.pk)


# --- planning ---


def test_the_tutor_plans_a_meeting_by_hand(cast):
    signed_in(cast.tutor).post(
        f"/placements/{cast.placement.pk}/meetings/new/", {"title": "Extra", "due_on": "2026-06-01"}
    )
    assert Meeting.objects.get().sentence() == "Due around 1 June 2026, no date yet"


def test_nonsense_is_refused_beside_its_field(cast):
    new = Meeting(placement=cast.placement)
    for data in ({}, {"title": "a\0b", "due_on": "2026-06-01"}, {"title": "x" * 81, "due_on": "soon"}):
        assert "title" in MeetingForm(data, instance=new).errors, data
    assert signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/meetings/new/", data).status_code == 422
    assert not Meeting.objects.exists()
    [[outside]] = MeetingForm({"title": "Extra", "due_on": "2027-01-01"}, instance=new).errors.values()
    assert outside == "The placement runs from 2 March 2026 to 31 July 2026."


def test_the_clock_plans_the_pattern_once(cast):
    plan_meetings(timezone.now())
    plan_meetings(timezone.now())
    rows = Meeting.objects.filter(placement=cast.placement).values_list("title", "due_on")
    assert list(rows) == [("Midway", date(2026, 5, 16)), ("Before the end", date(2026, 7, 21))]


def test_meetings_without_a_date_move_with_the_placement(cast):
    plan_meetings(timezone.now())
    placement = Placement.objects.get(pk=cast.placement.pk)
    placement.last_on = date(2026, 8, 7)
    placement.save()
    assert Meeting.objects.get(placement=placement, title="Before the end").due_on == date(2026, 7, 28)


# --- a date ---


def test_the_tutor_offers_dates_and_the_manager_chooses_by_link(cast, client):
    meeting = planned_meeting(cast)
    data = {
        "day1": "2026-05-19", "time1": "14:00", "day2": "2026-05-20", "time2": "09:30", "way": "online",
        "where": "https://meet.test/abc", "minutes": "30", "seen": meeting.version,
    }  # fmt: skip
    signed_in(cast.tutor).post(f"/meetings/{meeting.pk}/offer/", data)
    assert Notice.objects.get(kind="ask_meeting").subject == "Choose a date for a review meeting"
    text = page(client.get(link_of()))
    assert "Tuesday 19 May 2026 at 14:00" in text
    second = meeting.offers.last()
    response = client.post(link_of(), {"date": second.pk})
    assert said(response) == ["Thank you. Everybody has the date."]
    meeting = again(meeting)
    assert meeting.sentence() == "On Wednesday 20 May 2026 at 09:30"
    news = Notice.objects.filter(kind="meeting_news")
    assert {notice.to for notice in news} == {cast.student, cast.tutor, cast.manager}
    assert {notice.subject for notice in news} == {"A date for the review meeting"}
    assert f"/meetings/{meeting.pk}/calendar/{token_of(meeting)}/meeting.ics" in news[0].text


def test_none_of_the_dates_fits(cast, client):
    meeting = offered_meeting(cast)
    response = client.post(link_of(), {"date": "none", "words": "Tuesdays after 3"})
    assert said(response) == ["Thank you. The tutor has your words and will offer other dates."]
    assert again(meeting).status == Meeting.Status.PLANNED
    assert "None of the dates fits Manager Reed: Tuesdays after 3" in page(
        signed_in(cast.tutor).get(f"/meetings/{meeting.pk}/")
    )
    assert Notice.objects.get(kind="meeting_news").to == cast.tutor


def test_a_date_and_words_that_none_fits_are_asked_about_and_nothing_is_lost(cast, client):
    meeting = offered_meeting(cast)
    response = client.post(link_of(), {"date": meeting.offers.first().pk, "words": "Tuesdays after 3"})
    assert response.status_code == 422
    text = page(response)
    assert text.count("You chose a date and wrote this as well.") == 2
    assert "Tuesdays after 3</textarea>" in text
    assert again(meeting).status == Meeting.Status.OFFERED


def test_the_link_takes_no_nonsense(cast):
    offers = offered_meeting(cast).offers.all()
    for data in ({}, {"date": "99999"}, {"date": "\0"}, {"words": "x" * 301}):
        assert not ChooseForm(offers, data).is_valid(), data
    assert list(ChooseForm(offers, {"date": "none", "words": " "}).errors) == ["words"]


def test_dates_that_cannot_be_are_refused(cast):
    meeting, client = planned_meeting(cast), signed_in(cast.tutor)
    more = {"way": "phone", "minutes": "30", "seen": meeting.version}
    for data, words in (
        ({"day1": "2026-05-01", "time1": "10:00"}, "This date is past."),
        ({"day1": "2028-05-13", "time1": "10:00"}, "This is more than two years from now. Check the year."),
        ({"day1": "9999-12-31", "time1": "00:00"}, "This is more than two years from now. Check the year."),
        (
            {"day1": "2026-05-19", "time1": "10:00", "day3": "2036-05-19", "time3": "10:00"},
            "This is more than two years from now. Check the year.",
        ),
        ({"day1": "2026-05-19"}, "Give the time as well."),
        ({"day1": "31/02/2026", "time1": "10:00"}, "There is no such date."),
        ({"day1": "2026-05-19", "time1": "25:00"}, "This is not a time."),
    ):
        [[error]] = OfferForm(meeting, data | more).errors.values()
        assert words in error
    response = client.post(f"/meetings/{meeting.pk}/offer/", data | more)
    assert response.status_code == 422
    assert words in page(response)


def test_a_date_two_years_from_now_may_be_offered(cast):
    meeting = planned_meeting(cast)
    data = {"day1": "2028-05-12", "time1": "10:00", "way": "phone", "minutes": "30", "seen": meeting.version}
    assert OfferForm(meeting, data).is_valid()


def test_a_date_that_was_agreed_is_moved_with_a_reason_and_the_history_says_both(cast):
    meeting = agreed_meeting(cast)
    assert Event.objects.about(meeting).first().says == (
        "set the meeting for Saturday 16 May 2026 at 14:00, in person, Room 4"
    )
    with pytest.raises(Refused, match="Give a reason"):
        meeting.fix(by=cast.tutor, starts_at=in_days(6), **WHERE)
    again(meeting).fix(by=cast.tutor, starts_at=in_days(6), reason="The tutor is ill", **WHERE)
    assert Notice.objects.filter(subject="The review meeting has another date").count() == 2  # not to the tutor
    assert again(meeting).sequence == 2
    assert "Reason: The tutor is ill" in Event.objects.about(meeting).first().says


@pytest.mark.parametrize(("reason", "says"), [("The tutor is ill", "The tutor is ill."), ("May we?", "May we?")])
def test_words_of_others_end_their_sentence_in_the_mail(cast, reason, says):
    meeting = agreed_meeting(cast)
    meeting.fix(by=cast.tutor, starts_at=in_days(6), reason=reason, **WHERE | {"where": "Where we met?"})
    told = Notice.objects.get(subject="The review meeting has another date", to=cast.student).text
    assert f"In person, Where we met? Why it was moved: {says} Take ten minutes to prepare it." in told


def test_the_calendar_entry_names_nobody_and_is_taken_off_once_other_dates_are_offered(cast, client):
    meeting = agreed_meeting(cast)
    path = f"/meetings/{meeting.pk}/calendar/{token_of(meeting)}/meeting.ics"
    response = client.get(path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = page(response).splitlines()
    for line in (
        "METHOD:PUBLISH",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "DTSTART:20260516T130000Z",
        "DTEND:20260516T134500Z",
    ):
        assert line in lines
    assert "Reed" not in page(response)
    meeting.offer(by=cast.tutor, dates=[in_days(8)], reason="Room is taken", **WHERE)
    text = page(client.get(path))
    assert "METHOD:CANCEL" in text
    assert "SEQUENCE:2" in text
    assert Notice.objects.filter(subject="The review meeting is moved").count() == 2
    assert client.get(f"/meetings/{meeting.pk}/calendar/wrong/meeting.ics").status_code == 404


def test_a_meeting_is_missed_only_after_its_time_and_with_a_reason(cast, time_machine):
    meeting = agreed_meeting(cast)
    with pytest.raises(Refused, match="still to come"):
        meeting.miss(by=cast.tutor, reason="x")
    time_machine.move_to("2026-05-18 12:00")
    path = f"/meetings/{meeting.pk}/missed/"
    signed_in(cast.tutor).post(path, {"reason": "The manager was ill", "seen": again(meeting).version})
    assert again(meeting).sentence() == "Missed on Saturday 16 May 2026 at 14:00: The manager was ill"
    assert {"offer", "fix"} <= again(meeting).moves(cast.tutor)
    assert "reason" in ReasonForm({"reason": " "}).errors


def test_a_cancelled_meeting_is_told_and_its_link_ends(cast, client):
    meeting = offered_meeting(cast)
    path = link_of()
    signed_in(cast.tutor).post(f"/meetings/{meeting.pk}/cancel/", {"reason": "No need", "seen": again(meeting).version})
    assert client.get(path).status_code == 410
    assert Notice.objects.filter(subject="The review meeting is cancelled").count() == 2
    assert again(meeting).sentence() == "Cancelled: No need"
    assert not again(meeting).has_date  # and so its entry is off the calendars


def test_the_manager_cannot_set_a_date(cast):
    meeting = planned_meeting(cast)
    assert meeting.moves(cast.manager) == set()
    with pytest.raises(SomebodyWasQuicker):
        meeting.choose(by=cast.manager, starts_at=in_days(4))


def test_a_link_that_was_taken_back_is_mailed_anew(cast):
    meeting = offered_meeting(cast)
    tutor = signed_in(cast.tutor)
    assert "has no open link" not in page(tutor.get(f"/meetings/{meeting.pk}/"))
    withdraw_all("meeting", meeting)
    assert "Manager Reed has no open link to answer." in page(tutor.get(f"/meetings/{meeting.pk}/"))
    tutor.post(f"/meetings/{meeting.pk}/ask/")
    tutor.post(f"/meetings/{meeting.pk}/ask/")
    assert Ask.objects.open().count() == 1
    assert Notice.objects.filter(kind="ask_meeting").count() == 2
    response = tutor.post(f"/meetings/{planned_meeting(cast).pk}/ask/")
    assert "There is nothing to ask a line manager now." in said(response)


def test_the_dates_follow_the_placement_to_another_manager(cast, client):
    offered_meeting(cast)
    old = link_of()
    placement = Placement.objects.get(pk=cast.placement.pk)
    placement.manager = cast.manager2
    placement.save()
    assert client.get(old).status_code == 410
    assert Ask.objects.get(kind="meeting", withdrawn_at=None).to == cast.manager2


# --- reminders and dashboards ---


def test_everybody_is_reminded_once_two_days_before(cast, time_machine):
    agreed_meeting(cast)
    Notice.objects.all().delete()
    for moment, mails in (
        ("2026-05-13 12:00", 0),
        ("2026-05-15 07:00", 0),
        ("2026-05-15 12:00", 3),
        ("2026-05-16 09:00", 3),
    ):
        time_machine.move_to(moment)
        remind_of_meetings(timezone.now())
        assert Notice.objects.count() == mails
    assert {notice.subject for notice in Notice.objects.all()} == {"Your review meeting is near"}


def test_what_needs_the_tutor(cast, time_machine):

    def needs():
        found = needs_of_staff(cast.tutor.desks[0], timezone.now())
        return [need.kind.name for need in found if need.kind.name.startswith("meeting")]

    planned_meeting(cast, due_on=date(2026, 5, 30))
    assert needs() == []
    planned_meeting(cast)
    assert needs() == ["meeting_due"]
    Meeting.objects.all().delete()
    offered_meeting(cast)
    time_machine.move_to(datetime(2026, 5, 21, 12, tzinfo=UTC))
    assert needs() == ["meeting_dates"]
    Meeting.objects.all().delete()
    agreed_meeting(cast, days=-1)
    assert needs() == ["meeting_notes"]
    Meeting.objects.all().delete()
    held_meeting(cast)
    assert needs() == []
    time_machine.move_to(datetime(2026, 5, 30, 12, tzinfo=UTC))
    assert needs() == ["meeting_unconfirmed"]


def test_the_students_home_says_what_to_do(cast):
    def says():
        return [step.says for step in steps_of(cast.student_record, [cast.placement], date(2026, 5, 12))]

    agreed_meeting(cast)
    assert "Prepare your review meeting" in says()
    meeting = held_meeting(cast)
    meeting.actions.update(due_on=date(2026, 5, 14))
    assert "Say whether the notes of your review are right" in says()
    assert "Ask for the rota" in says()


def test_the_list_takes_the_same_queries_for_many(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for number in (1, 3):
        while Meeting.objects.count() < number:
            planned_meeting(cast, due_on=date(2026, 6, 1) + timedelta(days=Meeting.objects.count()))
        with django_assert_num_queries(6):
            client.get(f"/placements/{cast.placement.pk}/meetings/")


def test_an_empty_list_says_what_comes(cast):
    path = f"/placements/{cast.placement.pk}/meetings/"
    assert "You can plan one by hand." in page(signed_in(cast.tutor).get(path))
    assert "The tutor plans them" in page(signed_in(cast.student).get(path))


@pytest.mark.database
def test_no_shell_can_store_half_a_decision(cast):
    meeting = planned_meeting(cast)
    for status in ("agreed", "held", "missed", "cancelled"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(status=status)
