"""The induction: answered by the student, read by staff, recorded from paper, overdue after three days at work."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from placements.checklists.forms import ChecklistForm
from placements.checklists.keeping import add_point
from placements.checklists.lines import lines_of, tick
from placements.checklists.models import Checklist, Point, Tick
from placements.induction.clock import make_inductions
from placements.induction.due import induction_of, refresh, third_day
from placements.induction.forms import PaperForm
from placements.induction.models import Induction
from placements.induction.showing import induction_steps
from placements.models import Placement
from portal.asks.asking import withdraw_all
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.rooms import entries_of, filled_in
from portal.workflow import Refused
from tests.conftest import make_cast, signed_in
from tests.factories import LineManagerFactory, SpellFactory, TimesheetFactory
from tests.pages import given_back, said
from tests.placements.induction_ready import answered_induction, confirmed_induction, waiting, waiting_induction
from tests.steps import steps_of

Status = Induction.Status


@pytest.fixture
def cast(request, db):
    return waiting() if "handed_over" in request.fixturenames else make_cast()


@pytest.fixture
def handed_over(cast) -> Induction:
    """The student has answered everything, and handed it over."""
    return cast.induction


def kept(cast) -> Induction:
    """The induction as it is stored now."""
    return Induction.objects.get(placement=cast.placement)


def url(cast, act="") -> str:
    return f"/placements/{cast.placement.pk}/induction/{act}"


def points(cast) -> list[Point]:
    return [line.point for line in lines_of(cast.placement, Checklist.INDUCTION)]


def everything(cast, **more) -> dict:
    """The whole form with every point done."""
    return {f"state-{point.pk}": "done" for point in points(cast)} | more


# --- The student answers ---


def test_student_saves_a_few_answers_by_the_form(cast):
    first, second, third = points(cast)[:3]
    data = {
        f"state-{first.pk}": "done",
        f"state-{second.pk}": "not_here",
        f"words-{second.pk}": "One department only",
        f"state-{third.pk}": "unsure",
        f"words-{third.pk}": "When is lunch?",
    }
    response = signed_in(cast.student).post(url(cast, "save/"), data, follow=True)
    page = response.content.decode()
    assert "3 of 15 answered" in page
    assert "I know what to do in a fire" in page
    assert [(t.state, t.words) for t in Tick.objects.all()] == [
        ("done", ""),
        ("not_here", "One department only"),
        ("unsure", "When is lunch?"),
    ]


def test_what_is_right_is_kept_when_something_is_wrong(cast):
    first, second = points(cast)[:2]
    data = {f"state-{first.pk}": "done", f"state-{second.pk}": "not_here"}
    response = signed_in(cast.student).post(url(cast, "save/"), data)
    assert response.status_code == 422
    assert "Say in a few words why it does not apply here." in response.content.decode()
    assert Tick.objects.get().point == first


def test_one_answer_saves_itself(cast):
    point = points(cast)[4]
    client = signed_in(cast.student)
    response = client.post(
        url(cast, "save/"), {"only": point.pk, f"state-{point.pk}": "done"}, headers={"X-Autosave": "1"}
    )
    assert response.json() == {"says": "Saved. 1 of 15 answered.", "answered": 1}
    response = client.post(url(cast, "save/"), {"only": point.pk, "clear": point.pk}, headers={"X-Autosave": "1"})
    assert response.json() == {"says": "Saved. 0 of 15 answered.", "answered": 0}


def test_an_answer_is_cleared_without_javascript(cast):
    point = points(cast)[0]
    tick(cast.placement, point, by=cast.student)
    signed_in(cast.student).post(url(cast, "save/"), {f"state-{point.pk}": "done", "clear": point.pk})
    assert not Tick.objects.exists()


def test_words_that_cannot_be_kept_and_unknown_states_are_refused(cast):
    [line, *_] = lines_of(cast.placement, Checklist.INDUCTION)
    state_of, words_of = f"state-{line.point.pk}", f"words-{line.point.pk}"
    for state, words, wrong in (
        ("unsure", "a\x00b", words_of),
        ("unsure", "x" * 501, words_of),
        ("maybe", "", state_of),
    ):
        assert list(ChecklistForm([line], {state_of: state, words_of: words}).errors) == [wrong]
    data, client = {state_of: "unsure", words_of: "a\x00b", "only": line.point.pk}, signed_in(cast.student)
    assert client.post(url(cast, "save/"), data, headers={"X-Autosave": "1"}).status_code == 422
    assert not Tick.objects.exists()


def test_nobody_else_answers_for_the_student(cast):
    answer = {f"state-{points(cast)[0].pk}": "done"}
    for who in ("manager", "tutor", "coordinator"):
        assert signed_in(getattr(cast, who)).post(url(cast, "save/"), answer).status_code == 403, who


def test_signed_out_the_words_come_back(client, cast):
    point = points(cast)[0]
    response = client.post(url(cast, "save/"), {f"state-{point.pk}": "unsure", f"words-{point.pk}": "Where is it?"})
    assert response.status_code == 401
    assert "Where is it?" in response.content.decode()
    assert f"next=/placements/{cast.placement.pk}/induction/" in response.content.decode()


def test_before_the_first_day_the_points_are_there_to_read(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    client = signed_in(cast.student)
    page = client.get(url(cast)).content.decode()
    assert "You answer these in your first days at work." in page
    assert 'type="radio"' not in page
    assert client.post(url(cast, "save/"), {"do": "hand_over"}).status_code == 403


# --- Handing over ---


def all_but_the_first(cast) -> Point:
    """The student has answered every point but this one."""
    answered_induction(cast)
    first = points(cast)[0]
    Tick.objects.get(point=first).delete()
    return first


def test_student_hands_over_with_the_last_answer(cast):
    last = all_but_the_first(cast)
    response = signed_in(cast.student).post(url(cast, "save/"), {f"state-{last.pk}": "done", "do": "hand_over"})
    assert said(response) == ["Handed over: Manager Reed has a mail."]
    assert kept(cast).status == Status.HANDED_OVER
    notice = Notice.objects.get(kind="ask_induction")
    assert (notice.to, notice.subject) == (cast.manager, "An induction waits for you")
    assert "/q/" in notice.text


def test_an_unfinished_induction_cannot_be_handed_over(cast):
    all_but_the_first(cast)
    response = signed_in(cast.student).post(url(cast, "save/"), {"do": "hand_over"})
    assert said(response) == ["1 point is not answered yet."]
    assert kept(cast).status == Status.OPEN


def test_it_is_handed_over_by_its_student_alone_and_not_without_a_manager(cast):
    induction = answered_induction(cast)
    with pytest.raises(PermissionDenied):
        induction.hand_over(by=cast.tutor)
    induction.placement.manager = None
    with pytest.raises(Refused, match="Nobody is named as your line manager yet"):
        induction.hand_over(by=cast.student)


def test_a_handed_over_induction_takes_no_answers(cast, handed_over):
    point = points(cast)[0]
    client = signed_in(cast.student)
    data = {f"state-{point.pk}": "unsure", f"words-{point.pk}": "Really?", "only": point.pk}
    response = client.post(url(cast, "save/"), data, headers={"X-Autosave": "1"})
    assert response.status_code == 409
    assert "The induction is not open any more" in response.json()["says"]
    assert "The induction is not open any more" in said(client.post(url(cast, "save/"), data))[0]
    assert not Tick.objects.filter(state="unsure").exists()


def test_student_takes_it_back_before_the_manager_answers(cast, handed_over):
    client = signed_in(cast.student)
    assert "Take it back to change something" in client.get(url(cast)).content.decode()
    client.post(url(cast, "recall/"))
    assert kept(cast).status == Status.OPEN
    assert Ask.objects.get().withdrawn_at is not None
    client.post(url(cast, "recall/"))
    assert kept(cast).status == Status.OPEN


def test_a_point_added_later_is_not_asked_in_an_induction_that_was_handed_over(cast, handed_over):
    add_point(Point(wording="I know the gate"), provider=cast.provider, by=cast.coordinator)
    assert len(handed_over.lines()) == 15
    handed_over.recall(by=cast.student)
    assert len(handed_over.lines()) == 16
    with pytest.raises(Refused, match="1 point is not answered yet"):
        handed_over.hand_over(by=cast.student)


def test_a_waiting_induction_follows_the_placement_to_another_manager(cast, handed_over):
    cast.placement.manager = LineManagerFactory(employer=cast.employer).user
    cast.placement.save()
    assert {(ask.to_id == cast.manager.pk, ask.is_open) for ask in Ask.objects.all()} == {(True, False), (False, True)}


def test_staff_mail_the_manager_a_link_when_none_is_open(cast, handed_over):
    withdraw_all("induction", handed_over, by=cast.tutor)
    client = signed_in(cast.tutor)
    assert "Nobody has an open link to confirm it." in client.get(url(cast)).content.decode()
    client.post(url(cast, "ask/"))
    assert Ask.objects.open().get().to == cast.manager
    page = client.post(url(cast, "ask/"), follow=True).content.decode()
    assert "a few minutes ago" in page
    assert "Send again" in page


def test_no_mail_goes_out_for_an_induction_that_does_not_wait(cast):
    answered_induction(cast)
    response = signed_in(cast.tutor).post(url(cast, "ask/"))
    assert said(response) == ["The induction does not wait for a line manager now."]
    assert not Ask.objects.exists()


# --- From paper, and opening again ---


SIGNATURE = {"signed_by": "Manager Reed", "done_on": "2026-03-05"}


def paper(cast, **more) -> dict:
    return everything(cast) | SIGNATURE | more


def test_tutor_records_the_list_from_paper(cast):
    signed_in(cast.tutor).post(url(cast, "paper/"), paper(cast))
    assert kept(cast).sentence() == "Done on 5 March 2026, signed on paper by Manager Reed, recorded by Tutor Reed"
    assert set(Tick.objects.values_list("by_name", flat=True)) == {"Tutor Reed"}
    assert Event.objects.filter(says__startswith="recorded from paper that Manager Reed confirmed").exists()


WRONG_ON_PAPER = [
    ("", "31/02/2026", ["This is missing.", "There is no such date."]),
    ("a\x00b", "2030-01-01", ["Null characters are not allowed.", "cannot lie in the future"]),
    ("Manager Reed", "2026-03-01", ["The placement began on 2 March 2026"]),
]


def test_paper_that_cannot_be_right_is_refused_whole(cast):
    for signed_by, done_on, says in WRONG_ON_PAPER:
        errors = PaperForm(induction_of(cast.placement), {"signed_by": signed_by, "done_on": done_on}).errors.values()
        assert [words in error for words, [error] in zip(says, errors, strict=True)] == [True] * len(says)
    response = signed_in(cast.tutor).post(url(cast, "paper/"), paper(cast, done_on="2026-03-01"))
    assert response.status_code == 422
    assert "The placement began on 2 March 2026" in response.content.decode()
    assert not Tick.objects.exists()


def test_paper_with_an_open_point_is_refused_whole(cast):
    data = paper(cast)
    del data[f"state-{points(cast)[0].pk}"]
    response = signed_in(cast.tutor).post(url(cast, "paper/"), data)
    page = response.content.decode()
    assert "One thing to put right" in page
    assert f'href="#id_state-{points(cast)[0].pk}_0"' in page
    assert not Tick.objects.exists()


def test_an_empty_paper_marks_every_point_and_tells_of_the_year_in_the_same_round(cast):
    response = signed_in(cast.tutor).post(url(cast, "paper/"), {"signed_by": "", "done_on": "9999-03-05"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "17 things to put right" in page  # fifteen points, who signed, and when
    assert page.count("Choose what the paper says.</p>") == 15
    assert page.count("point-wrong") == 15
    assert (
        '<a href="#id_done_on">On which day was the induction finished: '
        "The day of the induction cannot lie in the future.</a>"
    ) in page


def test_what_the_student_answered_before_needs_no_second_answer(cast):
    left = all_but_the_first(cast)
    data = SIGNATURE | {f"state-{left.pk}": "done"}
    assert signed_in(cast.tutor).post(url(cast, "paper/"), data).status_code == 302
    assert Tick.objects.get(by=cast.tutor).point == left


def test_paper_ends_what_the_manager_was_asked(cast, handed_over):
    signed_in(cast.tutor).post(url(cast, "paper/"), SIGNATURE)
    assert kept(cast).signed_on_paper_by == "Manager Reed"
    assert Ask.objects.get().withdrawn_at is not None


def test_a_confirmed_induction_is_opened_again_by_staff_with_a_reason(cast):
    with pytest.raises(PermissionDenied):
        confirmed_induction(cast).reopen(by=cast.student, reason="I want to")
    client = signed_in(cast.tutor)
    assert client.post(url(cast, "reopen/"), {"reason": ""}).status_code == 422
    client.post(url(cast, "reopen/"), {"reason": "The ward has moved"})
    induction = kept(cast)
    assert (induction.status, induction.done_on) == (Status.OPEN, None)
    assert "The ward has moved" in client.get(url(cast)).content.decode()
    assert given_back(client.post(url(cast, "reopen/"), {"reason": "It has moved"})) == ["It has moved"]


# --- Overdue after three days ---


def test_the_third_placement_day_leaves_out_absences_and_bank_holidays_and_takes_logged_days(cast):
    placement = Placement.objects.get(pk=cast.placement.pk)  # from Monday 2 March, Monday to Friday
    assert third_day(placement, set(), set()) == date(2026, 3, 4)
    assert third_day(placement, {date(2026, 3, 3)}, set()) == date(2026, 3, 5)
    assert third_day(placement, {date(2026, 3, 3)}, {date(2026, 3, 3)}) == date(2026, 3, 4)
    placement.first_on = date(2026, 4, 2)  # Good Friday and Easter Monday follow
    assert third_day(placement, set(), set()) == date(2026, 4, 8)
    placement.last_on = date(2026, 4, 7)
    assert third_day(placement, set(), set()) is None


def test_the_third_day_follows_absences_and_logged_days(cast):
    refresh(cast.placement.pk)
    cast.placement.absences.create(day=date(2026, 3, 2), kind="sick")
    assert kept(cast).third_day_on == date(2026, 3, 5)
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet
    week.hand_in(by=cast.student)
    assert kept(cast).third_day_on == date(2026, 3, 4)


def test_an_induction_is_overdue_from_the_day_after(cast):
    refresh(cast.placement.pk)
    induction = induction_of(cast.placement)
    assert [induction.is_overdue(date(2026, 3, day)) for day in (4, 5)] == [False, True]
    induction.status = Status.CONFIRMED
    assert induction.is_overdue(date(2026, 3, 5)) is False


@time_machine.travel("2026-03-10T12:00Z", tick=False)
def test_the_clock_makes_inductions_that_are_lacking_once(cast):
    Induction.objects.all().delete()
    make_inductions(timezone.now())
    make_inductions(timezone.now())
    assert (Induction.objects.count(), kept(cast).third_day_on) == (3, date(2026, 3, 4))


@time_machine.travel("2026-03-17T12:00Z", tick=False)
def test_a_placement_that_is_known_two_weeks_late_is_not_reminded_of(cast):
    Induction.objects.all().delete()
    make_inductions(timezone.now())
    cast.placement.save()
    assert not Induction.objects.exists()
    answered_induction(cast).hand_over(by=cast.student)
    assert kept(cast).status == Status.HANDED_OVER


def steps(cast, today) -> list[tuple[str, str]]:
    found = induction_steps(cast.student_record, [cast.placement], today)
    return [(step.says, step.tone) for step in filled_in(cast.student_record, found)]


def test_the_students_home_asks_for_the_induction(cast):
    refresh(cast.placement.pk)
    assert steps(cast, date(2026, 3, 3)) == [("Tick off your induction", "waiting")]
    home = steps_of(cast.student_record, [cast.placement], date(2026, 3, 3))
    assert "Tick off your induction" in [step.says for step in home]
    assert steps(cast, date(2026, 3, 5)) == [("Finish your induction", "problem")]
    waiting_induction(cast)
    assert steps(cast, date(2026, 3, 4)) == []
    assert steps(cast, date(2026, 3, 5)) == [("Your induction waits for Manager Reed", "calm")]


def test_the_home_says_when_points_came_back(cast, handed_over):
    handed_over.send_back(by=cast.manager, points={points(cast)[0].pk: "We did not do this yet"})
    assert steps(cast, date(2026, 3, 3)) == [("Look again at your induction", "attention")]


def needs(cast, who="tutor") -> list[str]:
    user = getattr(cast, who)
    found = needs_of_staff(user.desks[0], timezone.now())
    return [need.says for need in found if need.kind.name == "induction"]


def test_staff_are_told_of_overdue_inductions(cast):
    refresh(cast.placement.pk)
    assert needs(cast) == ["The induction is open, although three days at work have passed."]
    waiting_induction(cast)
    assert needs(cast) == ["The induction waits for the line manager, although three days at work have passed."]
    induction = kept(cast)
    induction.confirm(by=cast.manager, done_on=date(2026, 3, 4), answers={})
    assert needs(cast) == []
    assert needs(cast, "other_tutor") == []


def test_the_placement_lists_the_induction(cast):
    found = {entry.title: entry.says for entry in entries_of(cast.placement, {"student"})}
    assert found["Induction"] == "Not handed over yet"
    confirmed_induction(cast)
    found = {entry.title: entry.says for entry in entries_of(cast.placement, {"manager"})}
    assert found["Induction"] == "Done on 4 March 2026, confirmed by Manager Reed"


# --- Pages ---


@pytest.mark.parametrize(
    ("state", "who", "queries"),
    [(answered_induction, "student", 7), (waiting_induction, "manager", 6), (confirmed_induction, "tutor", 7)],
)
def test_the_page_takes_few_queries(cast, django_assert_num_queries, state, who, queries):
    state(cast, unsure=3)
    client = signed_in(getattr(cast, who))
    with django_assert_num_queries(queries):
        client.get(url(cast))


def test_the_sheet_and_the_name_of_its_pdf(cast, monkeypatch):
    confirmed_induction(cast, unsure=2)
    client = signed_in(cast.manager)
    page = client.get(url(cast, "print/")).content.decode()
    assert "Where is the plan?" in page
    assert "On the wall beside the lift." in page
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"%PDF")  # tests/house/test_access.py lays it out
    response = client.get(f"/placements/{cast.placement.pk}/induction.pdf")
    assert "Induction - Student Reed - Employer.pdf" in response["Content-Disposition"]
