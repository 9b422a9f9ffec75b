"""A placement that ends before its time: who, when, why, hours kept, next step, and the employer told."""

from datetime import date

import pytest
from django.utils import timezone
from time_machine import travel

from placements.ending.early_forms import EarlyEndForm, NextForm, TellForm
from placements.ending.models import EarlyEnd, EndReason
from placements.models import Placement
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.rooms import entries_of
from tests.conftest import make_cast, signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import given_back, said
from tests.placements.access_ending import early_end_of
from tests.poured import scene
from tests.steps import steps_of

Status = Placement.Status
LAST_DAY = "2026-05-29 12:00"


@pytest.fixture(autouse=True)
def _in_may(time_machine):
    time_machine.move_to(LAST_DAY)


@pytest.fixture
def url(cast):
    return f"/placements/{cast.placement.pk}/end/"


def form(**fields):
    return {
        "asked_by": "employer",
        "reason": EndReason.objects.get(number=6).pk,
        "words": "The team moves to another town",
        "last_on": "2026-05-29",
        "next_step": "new_place",
        "next_words": "We look at three places on Tuesday",
        "next_on": "2026-06-12",
        "told_text": "Dear Manager,\nthank you for everything.",
    } | fields


def says(cast):
    return [event.says for event in Event.objects.about(cast.placement)]


@scene
@travel(LAST_DAY, tick=False)
def ended_early():
    """The cast, whose placement has ended early; the employer is not told."""
    cast = make_cast()
    cast.early = early_end_of(cast)
    cast.placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    return cast


@pytest.fixture
def cast(request, db):
    return ended_early() if "early" in request.fixturenames else make_cast()


@pytest.fixture
def early(cast):
    return cast.early


def approved_week(cast):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet
    week.refresh_from_db()
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)


# --- Ending ---


def test_a_placement_ends_early(cast, url):
    approved_week(cast)
    response = signed_in(cast.tutor).post(url, form(last_on="2026-05-20"), follow=True)
    page = response.content.decode()
    assert "The placement has ended. The hours stay and count on." in page
    assert "Look for another placement, by 12 June 2026" in page
    placement = Placement.objects.get(pk=cast.placement.pk)
    assert (placement.status, placement.last_on) == (Status.ENDED, date(2026, 5, 20))
    assert placement.ended_because == "The employer can no longer offer the place: The team moves to another town"
    early = EarlyEnd.objects.get()
    assert (early.counted, early.waiting, early.made_by) == (420, 0, cast.tutor)
    assert "7 h counted" in page
    assert says(cast)[:2] == [
        "noted: the employer wanted the end; next for the student: look for another placement",
        "ended the placement. Reason: The employer can no longer offer the place: The team moves to another town",
    ]
    assert Notice.objects.filter(kind="early_end_told").count() == 0


def test_another_reason_wants_words_and_only_they_stand_on_the_placement(cast, url):
    other = EndReason.objects.get(needs_words=True).pk
    errors = EarlyEndForm(form(reason=other, words=" "), instance=EarlyEnd(placement=cast.placement)).errors
    assert errors == {"words": ["Say in a few words why the placement ends."]}
    signed_in(cast.tutor).post(url, form(reason=other, words="Moved to Leeds"))
    assert Placement.objects.get(pk=cast.placement.pk).ended_because == "Moved to Leeds"


NOT_ENOUGH = [
    ({"asked_by": ""}, "Choose one of the three."),
    ({"reason": ""}, "This is missing."),
    ({"reason": "999999"}, "Choose one of those in the list."),
    ({"words": "x" * 201}, "at most 200"),
    ({"last_on": "2026-05-30"}, "This day is still to come."),
    ({"last_on": "2026-03-01"}, "The placement began on 2 March 2026."),
    ({"last_on": "2026-05-26"}, "Hours were written down for 27 May 2026, after this day."),
    ({"last_on": "soon"}, "There is no such date."),
    ({"next_step": "nonsense"}, "Choose one of those in the list."),
    ({"next_on": ""}, "Agree a date, so that the student is not forgotten."),
    ({"next_on": "2026-05-28"}, "This day has passed already."),
    ({"tell": "on", "told_text": ""}, "Write what the line manager is to be told."),
    ({"next_words": "a\x00b"}, "Null characters"),
]


def test_what_is_missing_is_said(cast, subtests):
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday=date(2026, 5, 25)), day=date(2026, 5, 27))
    for fields, words in NOT_ENOUGH:
        with subtests.test(words=words):
            errors = EarlyEndForm(form(**fields), instance=EarlyEnd(placement=cast.placement)).errors
            assert [(where, words in error) for where, [error] in errors.items()] == [([*fields][-1], True)]


def test_where_something_is_missing_nothing_ends_and_nothing_is_lost(cast, url):
    response = signed_in(cast.tutor).post(url, form(next_on="2026-05-28"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This day has passed already." in page
    assert "thank you for everything" in page
    assert Placement.objects.get(pk=cast.placement.pk).status == Status.ACTIVE
    assert EarlyEnd.objects.count() == 0


def test_the_second_press_finds_it_ended(cast, early, url):
    again = signed_in(cast.tutor).post(url, form(told_text="Thank you for all that you did."))
    assert "The placement has moved on meanwhile: Ended on 29 May 2026." in again.content.decode()
    assert "Thank you for all that you did." in given_back(again)
    assert EarlyEnd.objects.count() == 1


def test_without_a_manager_nobody_is_told(cast, url):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    tutor = signed_in(cast.tutor)
    assert 'name="tell"' not in tutor.get(url).content.decode()
    tutor.post(url, form(tell="on"))
    assert Notice.objects.filter(kind="early_end_told").count() == 0


# --- Undo ---


def test_taking_it_up_again_undoes_the_early_end(cast, early):
    cast.placement.resume(by=cast.tutor, last_on=date(2026, 6, 30))
    assert EarlyEnd.objects.get().undone_at
    assert signed_in(cast.tutor).get(f"/early-ends/{early.pk}/").status_code == 404
    early_end_of(cast)
    assert EarlyEnd.objects.count() == 2


# --- The employer ---


def test_the_employer_is_told_in_words_without_the_reason(cast, url):
    draft = signed_in(cast.tutor).get(url).context["form"].initial["told_text"]
    assert draft.startswith("Dear Manager,\n\nThe placement of Student Reed with you has come to an end")
    assert draft.endswith("Kind regards,\nTutor Reed\nNorthfield College")
    signed_in(cast.tutor).post(url, form(tell="on"))
    notice = Notice.objects.get(kind="early_end_told")
    assert (notice.to, notice.subject) == (cast.manager, "A placement with you has ended")
    assert "thank you for everything." in notice.text
    assert "another town" not in notice.text
    assert EarlyEnd.objects.get().told_sentence() == "Manager Reed was told on 29 May 2026"


def test_the_employer_is_told_later_and_once(cast, early):
    client = signed_in(cast.tutor)
    assert client.post(f"/early-ends/{early.pk}/tell/", {"told_text": ""}).status_code == 422
    client.post(f"/early-ends/{early.pk}/tell/", {"told_text": "Dear Sam"})
    assert EarlyEnd.objects.get().told_text == "Dear Sam"
    assert Notice.objects.filter(kind="early_end_told").count() == 0
    client.post(f"/early-ends/{early.pk}/tell/", {"told_text": "Dear Manager", "act": "send"})
    response = client.post(f"/early-ends/{early.pk}/tell/", {"told_text": "Again", "act": "send"})
    assert said(response)[-1] == "The employer has been told already."
    assert [notice.text.split("\n")[0] for notice in Notice.objects.filter(kind="early_end_told")] == ["Dear Manager"]
    assert EarlyEnd.objects.get().told_text == "Dear Manager"


# --- The next step ---


def test_the_student_sees_the_next_step(cast, early):
    page = signed_in(cast.student).get(f"/early-ends/{early.pk}/").content.decode()
    assert "Look for another placement, by 12 June 2026" in page
    assert "What the employer is told" not in page
    steps = steps_of(cast.student_record, [cast.placement], timezone.localdate())
    assert ("Look for another placement, by 12 June 2026", "waiting") in [(step.says, step.tone) for step in steps]
    entries = [entry.title for entry in entries_of(cast.placement, {"student"})]
    assert "Early end and next step" in entries
    assert "Early end and next step" not in [entry.title for entry in entries_of(cast.placement, {"manager"})]


def test_staff_hear_when_the_next_step_is_due(cast, early, time_machine):
    def due():
        found = needs_of_staff(cast.tutor.desks[0], timezone.now())
        return [need.thing for need in found if need.kind.name == "early_end_next"]

    assert due() == []
    time_machine.move_to("2026-06-12 12:00")
    assert due() == [early.pk]
    signed_in(cast.tutor).post(f"/early-ends/{early.pk}/settle/")
    assert due() == []
    signed_in(cast.tutor).post(f"/early-ends/{early.pk}/settle/", {"undo": "1"})
    assert due() == [early.pk]
    assert says(cast)[:2] == [
        "opened the next step again: look for another placement",
        "settled the next step: look for another placement",
    ]


CHANGED = "Somebody changed this to “{words}” meanwhile. Put in what is right, and save again."
NEXT = {"next_step": "new_place", "next_on": "2026-06-12"}


def test_the_second_of_two_colleagues_is_told_what_the_first_has_changed(cast, early):
    path, tutor = f"/early-ends/{early.pk}/", signed_in(cast.tutor)
    seen = tutor.get(path).context["next_form"]["seen"].value()
    EarlyEnd.objects.update(next_words="We meet on Monday")
    response = tutor.post(f"{path}next/", NEXT | {"next_words": "We meet on Friday", "seen": seen})
    form = response.context["next_form"]
    assert (response.status_code, form.errors["next_words"]) == (422, [CHANGED.format(words="We meet on Monday")])
    assert form["next_words"].value() == "We meet on Friday"
    assert EarlyEnd.objects.get().next_words == "We meet on Monday"
    again = NEXT | {"next_words": "We meet on Friday", "seen": form["seen"].value()}
    assert tutor.post(f"{path}next/", again).status_code == 302
    assert EarlyEnd.objects.get().next_words == "We meet on Friday"


@pytest.mark.parametrize(
    ("form", "field", "first", "second", "words"),
    [
        (NextForm, "next_step", "talk", "nothing", "Talk about how to go on"),
        (TellForm, "told_text", "Dear Priya", "Dear Sam", "Dear Priya"),
    ],
)
def test_so_it_is_with_the_step_and_with_the_words_to_the_employer(cast, early, form, field, first, second, words):
    seen = form(instance=early)["seen"].value()
    setattr(early, field, first)
    late = form(NEXT | {field: second, "seen": seen}, instance=early)
    assert late.errors == {field: [CHANGED.format(words=words)]}
    assert form(NEXT | {field: second, "seen": late["seen"].value()}, instance=early).is_valid()


def test_another_next_step_is_agreed(cast, early):
    assert list(NextForm({"next_step": "talk", "next_on": ""}, instance=early).errors) == ["next_on"]
    signed_in(cast.coordinator).post(f"/early-ends/{early.pk}/next/", {"next_step": "talk", "next_on": "2026-06-03"})
    assert EarlyEnd.objects.get().next_sentence() == "Talk about how to go on, by 3 June 2026"
    assert says(cast)[0] == "agreed the next step: talk about how to go on, by 3 June 2026"


@pytest.mark.parametrize("who", ["student", "manager"])
def test_only_staff_of_the_placement_act(cast, early, who):
    client = signed_in(getattr(cast, who))
    for act in ("next", "settle", "tell"):
        assert client.post(f"/early-ends/{early.pk}/{act}/").status_code == 403, act


def test_the_page_takes_few_queries(cast, early, django_assert_num_queries):
    for who in (cast.student, cast.tutor):
        client = signed_in(who)
        with django_assert_num_queries(4):
            client.get(f"/early-ends/{early.pk}/")
