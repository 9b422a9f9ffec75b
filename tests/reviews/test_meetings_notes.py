"""Review meetings: preparing, writing at the table (two at once), confirming, disagreeing, opening again."""

import json
from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.asks.models import Ask
from portal.form_merged import merged
from portal.history.models import Event
from portal.notices.models import Notice
from reviews.meetings.confirming import confirm
from reviews.meetings.forms import ConfirmForm
from reviews.meetings.models import Action, Confirmation, GoalWord, Meeting, Preparation
from reviews.meetings.recording import record_form
from reviews.meetings.recording import write as keep
from reviews.meetings.views.meetings import preparation_of
from reviews.meetings.views.writing import prepare_form
from tests.conftest import signed_in
from tests.pages import given_back, said
from tests.reviews.forms_ready import handed_in_form
from tests.reviews.meetings_ready import agreed_goals, agreed_meeting, cast_that_met, cast_to_write, planned_meeting

pytestmark = pytest.mark.django_db
KEY, KEY2 = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


@pytest.fixture
def cast(db):
    return cast_to_write()


@pytest.fixture
def meeting(cast):
    return cast.meeting


@pytest.fixture
def goals(cast):
    return agreed_goals(cast.placement)


@pytest.fixture
def met(db):
    """The cast with a `meeting` of which the notes are closed."""
    return cast_that_met()


def page(response) -> str:
    return response.content.decode()


def stored(meeting) -> Meeting:
    return Meeting.objects.with_people().get(pk=meeting.pk)


def was(meeting) -> str:
    """What the page is drawn with now, as its hidden field has it."""
    return record_form(stored(meeting)).initial["was"]


def write(client, meeting, **data):
    return client.post(f"/meetings/{meeting.pk}/notes/write/", data)


def kept(meeting, data, *, by) -> dict:
    """Keep of the notes what can be kept; returns the errors of the rest."""
    meeting, sent = stored(meeting), QueryDict(mutable=True)
    sent.update(data)
    form = record_form(meeting, sent)
    form.is_valid()
    keep(meeting, form, by=by)
    return form.errors


# --- preparing ---


def test_the_student_prepares_and_shares(cast, goals, meeting):
    student, tutor = signed_in(cast.student), signed_in(cast.tutor)
    path = f"/meetings/{meeting.pk}/prepare/"
    data = {"went_well": "The rota", f"goal{goals[0].pk}": "met", f"goal{goals[0].pk}-words": "I explain it now"}
    assert student.post(path, data, headers={"X-Autosave": "1"}).json()["says"] == "Saved."
    assert preparation_of(stored(meeting), cast.student).went_well == "The rota"
    assert "The rota" not in page(tutor.get(f"/meetings/{meeting.pk}/"))
    student.post(path, data | {"hard": "Phone calls", "share": "1"})
    text = page(tutor.get(f"/meetings/{meeting.pk}/"))
    assert "Phone calls" in text
    assert "Met: I explain it now" in text
    row = GoalWord.objects.get(goal=goals[0])
    assert (row.side, row.wording) == ("student", goals[0].wording)


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(cast, meeting):
    data = {"went_well": "a\0b", "hard": "Phone calls", "share": "1"}
    assert signed_in(cast.student).post(f"/meetings/{meeting.pk}/prepare/", data).status_code == 422
    preparation = Preparation.objects.get()
    assert (preparation.went_well, preparation.hard, preparation.shared_at) == ("", "Phone calls", None)
    assert "went_well" in prepare_form(stored(meeting), {"went_well": "x" * 2001}).errors


def test_nothing_is_prepared_once_it_is_over(met):
    student, path = signed_in(met.student), f"/meetings/{met.meeting.pk}/prepare/"
    assert student.get(path).status_code == 404
    assert given_back(student.post(path, {"hard": "To ring people.", "share": "1"})) == ["To ring people."]


# --- at the table ---


def test_the_page_shows_both_views_side_by_side(cast, goals, meeting):
    handed_in_form(cast)
    Preparation.objects.create(meeting=meeting, went_well="The rota", shared_at=timezone.now())
    GoalWord.objects.create(meeting=meeting, goal=goals[0], side="student", number=1, progress="towards")
    text = page(signed_in(cast.tutor).get(f"/meetings/{meeting.pk}/notes/"))
    assert "The rota" in text
    assert "Explains things calmly." in text
    assert "<dd>Working towards it</dd>" in text
    assert "<dd>Met</dd>" in text


def test_the_notes_are_written_and_closed(cast, goals, meeting):
    tutor = signed_in(cast.tutor)
    data = {
        "was": was(meeting), "notes": "All goes well.", f"goal{goals[0].pk}": "met",
        f"goal{goals[0].pk}-words": "Seen on the desk", "key": KEY, f"what-{KEY}": "Ask for the rota",
        f"owner-{KEY}": "manager", f"due-{KEY}": "2026-05-20", "next_on": "2026-06-20", "do": "finish",
    }  # fmt: skip
    response = write(tutor, meeting, **data)
    assert response.url == f"/meetings/{meeting.pk}/"
    found = stored(meeting)
    assert (found.status, found.notes) == ("held", "All goes well.")
    action = Action.objects.get()
    assert (action.what, action.owner, action.sentence()) == ("Ask for the rota", "manager", "By 20 May 2026")
    assert GoalWord.objects.get().words == "Seen on the desk"
    assert Confirmation.objects.get().sentence() == "Tutor Reed agrees, 12 May 2026"
    assert Ask.objects.get(kind="meeting_notes").to == cast.manager
    assert Meeting.objects.get(title="Next meeting").due_on.isoformat() == "2026-06-20"
    told = Notice.objects.filter(kind="meeting_news", subject="The notes of your review meeting")
    assert {notice.to for notice in told} == {cast.student}


def test_the_next_meeting_of_the_pattern_takes_the_day(cast, meeting):
    later = planned_meeting(cast)
    tutor = signed_in(cast.tutor)
    write(tutor, meeting, was=was(meeting), notes="Well.", next_on="2026-06-20", do="finish")
    assert stored(later).due_on.isoformat() == "2026-06-20"
    assert Meeting.objects.count() == 2


def test_notes_that_say_nothing_are_not_closed(cast, meeting):
    tutor = signed_in(cast.tutor)
    response = tutor.post(f"/meetings/{meeting.pk}/notes/write/", {"do": "finish"})
    assert said(response) == ["Write down what was said, then close the notes.", "Saved."]
    assert stored(meeting).is_agreed


def test_notes_of_a_meeting_without_a_date_are_shown_to_be_copied(cast):
    meeting, tutor = planned_meeting(cast), signed_in(cast.tutor)
    response = write(tutor, meeting, notes="All goes well.")
    assert response.status_code == 409
    assert "The meeting has no date" in response.content.decode()
    assert "All goes well." in response.content.decode()
    quiet = tutor.post(f"/meetings/{meeting.pk}/notes/write/", {"notes": "Well."}, headers={"X-Autosave": "1"})
    assert quiet.json() == {"says": "Not saved: the meeting has no date."}
    assert stored(meeting).notes == ""


def test_two_who_write_in_different_places_lose_nothing(cast, meeting):
    base = was(meeting)
    kept(meeting, {"was": base, "notes": "From the tutor", "key": KEY, f"what-{KEY}": "First"}, by=cast.tutor)
    theirs = {"was": base, "behaviours": "From the office", "key": KEY2, f"what-{KEY2}": "Second"}
    kept(meeting, theirs, by=cast.coordinator)
    found = stored(meeting)
    assert (found.notes, found.behaviours) == ("From the tutor", "From the office")
    assert list(Action.objects.values_list("what", flat=True)) == ["First", "Second"]


def test_two_who_write_in_the_same_place_see_both(cast, meeting):
    base = was(meeting)
    kept(meeting, {"was": base, "notes": "From the tutor", "behaviours": "Calm"}, by=cast.tutor)
    response = write(signed_in(cast.coordinator), meeting, was=base, notes="From the office")
    assert response.status_code == 409
    text = page(response)
    assert "Somebody else wrote in the same place" in text
    assert "From the tutor" in text
    assert "From the office" in text
    assert stored(meeting).notes == "From the tutor"
    form = response.context["form"]
    data = {"was": form.data["was"], "notes": "From the tutor\nFrom the office", "behaviours": form.data["behaviours"]}
    assert said(write(signed_in(cast.coordinator), meeting, **data)) == ["Saved."]
    found = stored(meeting)
    assert (found.notes, found.behaviours) == ("From the tutor\nFrom the office", "Calm")


def test_a_save_by_itself_hears_of_the_other_one(cast, meeting):
    tutor, office = signed_in(cast.tutor), signed_in(cast.coordinator)
    base = was(meeting)
    path = f"/meetings/{meeting.pk}/notes/write/"
    told = tutor.post(path, {"was": base, "notes": "One"}, headers={"X-Autosave": "1"}).json()
    assert told["says"] == "Saved."
    assert json.loads(told["was"])["notes"] == "One"
    told = tutor.post(path, {"was": told["was"], "notes": "One two"}, headers={"X-Autosave": "1"}).json()
    assert stored(meeting).notes == "One two"
    late = office.post(path, {"was": base, "notes": "Mine"}, headers={"X-Autosave": "1"})
    assert late.status_code == 422
    assert late.json()["says"] == "Somebody else wrote in the same place. Press Save to see both."


def test_a_new_action_that_is_sent_twice_is_one(cast, meeting):
    data = {"was": was(meeting), "key": KEY, f"what-{KEY}": "Ask for the rota"}
    kept(meeting, data, by=cast.tutor)
    kept(meeting, data, by=cast.tutor)
    assert Action.objects.count() == 1


def test_an_emptied_action_is_taken_out(cast, meeting):
    kept(meeting, {"was": was(meeting), "key": KEY, f"what-{KEY}": "Ask"}, by=cast.tutor)
    kept(meeting, {"was": was(meeting), f"what-{KEY}": "", f"owner-{KEY}": "student"}, by=cast.tutor)
    assert not Action.objects.exists()


def test_one_wrong_field_keeps_the_others(cast, meeting):
    sent = {"was": "nonsense", "notes": "Well."}
    for data, words in (
        ({"notes": "x" * 3001}, "At most 3000 characters are possible."),
        ({"next_on": "soon"}, "There is no such date."),
        ({"next_on": "2026-05-01"}, "This day is past."),
        ({"next_on": "2028-05-13"}, "This is more than two years from now. Check the year."),
        ({"behaviours": "a\0b"}, "Null characters are not allowed."),
    ):
        Meeting.objects.filter(pk=meeting.pk).update(notes="")
        [[error]] = kept(meeting, sent | data, by=cast.tutor).values()
        assert words in error
        assert stored(meeting).notes == ("" if "notes" in data else "Well.")
    response = write(signed_in(cast.tutor), meeting, **sent, next_on="soon")
    assert response.status_code == 422
    assert "There is no such date." in page(response)


def test_an_action_is_due_between_the_meeting_and_two_years_from_now(cast, meeting):
    sent = {"notes": "Well.", "key": KEY, f"what-{KEY}": "Ask"}
    for due, words in (
        ("2028-05-13", "This is more than two years from now. Check the year."),
        ("2026-05-10", "This day is before the meeting on 11 May 2026."),
    ):
        errors = kept(meeting, sent | {"was": was(meeting), f"due-{KEY}": due}, by=cast.tutor)
        assert errors == {f"due-{KEY}": [words]}
        assert Action.objects.get().due_on is None
    response = write(signed_in(cast.tutor), meeting, **sent, was=was(meeting), **{f"due-{KEY}": due}, do="finish")
    assert response.status_code == 422
    assert page(response).count(words) == 2  # beside the field, and in the summary
    assert f'value="{due}"' in page(response)
    assert stored(meeting).status == "agreed"
    for due in (date(2026, 5, 11), date(2028, 5, 12)):
        assert kept(meeting, sent | {"was": was(meeting), f"due-{KEY}": due.isoformat()}, by=cast.tutor) == {}
        assert Action.objects.get().due_on == due


def test_a_day_that_was_stored_before_does_not_keep_the_notes_from_closing(cast, meeting):
    Action.objects.create(meeting=meeting, key=KEY, what="Ask", owner="student", due_on=date(2026, 5, 1))
    tutor = signed_in(cast.tutor)
    data = {"notes": "Well.", f"what-{KEY}": "Ask", f"owner-{KEY}": "student", f"due-{KEY}": "2026-05-01"}
    write(tutor, meeting, was=was(meeting), **data, do="finish")
    assert stored(meeting).status == "held"


def test_actions_of_last_time_are_ticked(met):
    action = Action.objects.get(meeting=met.meeting)
    now = agreed_meeting(met, days=0)
    tutor = signed_in(met.tutor)
    assert "From last time" in page(tutor.get(f"/meetings/{now.pk}/notes/"))
    kept(now, {"was": was(now), f"done-{action.pk}": "on"}, by=met.tutor)
    action.refresh_from_db()
    assert action.sentence() == "Done, says Tutor Reed"


def test_words_that_come_after_closing_are_shown_not_stored(met):
    meeting = met.meeting
    response = write(signed_in(met.tutor), meeting, notes="One more thing")
    assert response.status_code == 409
    assert "One more thing" in page(response)
    assert stored(meeting).notes == "All goes well."


def test_somebody_signed_out_gets_their_words_back(client, meeting):
    response = write(client, meeting, notes="One more thing")
    assert response.status_code == 401
    assert "One more thing" in page(response)


def test_merging_takes_each_change_and_names_what_both_changed():
    was, theirs = {"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "1", "c": "2"}
    assert merged(was, {"a": "1", "b": "3", "c": "3"}, theirs) == ({"b": "3"}, {"c": ("2", "3")})


# --- confirming ---


def test_everybody_agrees_and_the_meeting_is_settled(met, client):
    meeting = met.meeting
    confirm(meeting, "student", agrees=True, name="Student Reed", by=met.student)
    assert stored(meeting).status == "held"
    path = Ask.objects.get(kind="meeting_notes").path()
    assert "All goes well." in page(client.get(path))
    client.post(path, {"agrees": "yes"})
    assert stored(meeting).sentence() == "Held on Monday 11 May 2026 at 14:00, answered by everybody"
    assert "Manager Reed agrees, 12 May 2026" in page(client.get(path))


def test_a_disagreement_stands_beside_the_notes(met, client):
    meeting = met.meeting
    path = Ask.objects.get(kind="meeting_notes").path()
    client.post(path, {"agrees": "no", "words": "Goal 2 is not met."})
    text = page(signed_in(met.student).get(f"/meetings/{meeting.pk}/"))
    assert "Manager Reed does not agree with all of it" in text
    assert "Goal 2 is not met." in text
    assert stored(meeting).notes == "All goes well."
    assert Notice.objects.get(subject="Somebody sees the notes of a review differently").to == met.tutor


def test_nobody_answers_twice(met):
    meeting = met.meeting
    confirm(meeting, "student", agrees=True, name="Student Reed", by=met.student)
    response = signed_in(met.student).post(
        f"/meetings/{meeting.pk}/confirm/", {"agrees": "no", "words": "Goal 2 is met."}
    )
    assert "Student Reed has answered already." in page(response)
    assert given_back(response) == ["Goal 2 is met."]


def test_an_answer_of_nonsense_is_refused(met):
    for data in ({}, {"agrees": "maybe"}, {"agrees": "no"}, {"agrees": "no", "words": "\0"}):
        assert not ConfirmForm(data).is_valid(), data
    assert signed_in(met.student).post(f"/meetings/{met.meeting.pk}/confirm/", data).status_code == 422


def test_the_tutor_records_what_was_said_at_the_table(met):
    meeting = met.meeting
    tutor = signed_in(met.tutor)
    path = f"/meetings/{meeting.pk}/confirm/at-table/"
    assert tutor.post(path, {"table-party": "tutor", "table-agrees": "yes"}).status_code == 422
    tutor.post(path, {"table-party": "manager", "table-agrees": "yes"})
    said = Confirmation.objects.get(party="manager")
    assert said.sentence() == "Manager Reed agrees, 12 May 2026, recorded by Tutor Reed"
    assert not Ask.objects.open().filter(kind="meeting_notes").exists()


def test_opened_again_everybody_is_asked_anew_and_the_old_answers_stay(met, client):
    meeting = met.meeting
    old = Ask.objects.get(kind="meeting_notes").path()
    tutor = signed_in(met.tutor)
    sent = {"reason": "A goal was forgotten", "seen": stored(meeting).version}
    tutor.post(f"/meetings/{meeting.pk}/notes/reopen/", sent)
    assert client.get(old).status_code == 410
    kept(meeting, {"was": was(meeting), "notes": "Better."}, by=met.tutor)
    stored(meeting).finish(by=met.tutor)
    assert list(Confirmation.objects.values_list("round", "party")) == [(1, "tutor"), (2, "tutor")]
    assert "To the notes before they were opened again." in page(tutor.get(f"/meetings/{meeting.pk}/"))
    assert Ask.objects.open().get(kind="meeting_notes").path() != old


def test_a_manager_confirms_by_their_link_only(met):
    path = f"/meetings/{met.meeting.pk}/confirm/"
    assert signed_in(met.manager).post(path, {"agrees": "yes"}).status_code == 404


# --- actions, paper, queries ---


def test_an_action_is_ticked_by_whom_it_belongs_to(met):
    action = Action.objects.get(meeting=met.meeting)
    path = f"/meetings/actions/{action.pk}/tick/"
    assert signed_in(met.manager).post(path).status_code == 403
    signed_in(met.student).post(path)
    action.refresh_from_db()
    assert action.done_name == "Student Reed"
    signed_in(met.tutor).post(path)
    action.refresh_from_db()
    assert action.done_at is None
    assert Event.objects.about(action.meeting).first().says == "says that this is not done after all: Ask for the rota"


def test_the_sheet_holds_the_notes_and_who_agrees(met):
    meeting = met.meeting
    confirm(meeting, "manager", agrees=False, words="Not yet.", name="Manager Reed", by=met.manager)
    text = page(signed_in(met.student).get(f"/meetings/{meeting.pk}/print/"))
    assert "<title>Review meeting: Student Reed</title>" in text
    assert "All goes well." in text
    assert "Manager Reed does not agree with all of it, 12 May 2026" in text
    assert "Not yet." in text


def test_the_page_of_a_meeting_takes_a_fixed_number_of_queries(met, django_assert_num_queries):
    meeting = met.meeting
    for who, number in (("tutor", 8), ("student", 7), ("manager", 7)):
        client = signed_in(getattr(met, who))
        with django_assert_num_queries(number):
            client.get(f"/meetings/{meeting.pk}/")


def test_the_page_at_the_table_takes_a_fixed_number_of_queries(cast, goals, meeting, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for more in (1, 2):
        Action.objects.bulk_create(Action(meeting=meeting, what=f"Do {number}") for number in range(more))
        with django_assert_num_queries(7):
            client.get(f"/meetings/{meeting.pk}/notes/")
