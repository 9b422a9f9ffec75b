"""Before day one: the student's arrangements, journey and five questions."""

import json
from datetime import time, timedelta

import pytest
from django.test import Client

from placements.arrangements.forms import PreparationForm
from placements.arrangements.keeping import keep_preparation, preparation_of
from placements.arrangements.models import Preparation
from placements.arrangements.showing import arrangements_steps
from placements.checklists.forms import ChecklistForm
from placements.checklists.lines import lines_of, tick
from placements.checklists.models import Checklist, Tick
from placements.starting import tasks_of
from portal.rooms import entries_of, filled_in
from tests.conftest import signed_in
from tests.pages import said, text_of
from tests.steps import steps_of

QUIETLY = {"X-Autosave": "1"}


def url(cast, act="") -> str:
    return f"/placements/{cast.placement.pk}/{act}"


def points(cast) -> list:
    return [line.point for line in lines_of(cast.placement, Checklist.ARRANGEMENTS)]


def kept(cast, data: dict) -> list:
    """The student's page is saved with this, without the page; the points that are ticked no more."""
    ticks = ChecklistForm(lines_of(cast.placement, Checklist.ARRANGEMENTS), data, only_ticks=True)
    notes = PreparationForm(data, instance=preparation_of(cast.placement))
    return keep_preparation(cast.placement, ticks, notes, by=cast.student)


def notes(**more) -> dict:
    return {"how": "Bus 14, then on foot", "leave_at": "08:05", "arrive_at": "08:50", "cost": "£4.60"} | more


# --- The student's page ---


def test_student_sees_eight_arrangements_a_journey_and_exactly_five_questions(cast, django_assert_num_queries):
    first = points(cast)[0]
    tick(cast.placement, first, by=cast.student)
    client = signed_in(cast.student)
    with django_assert_num_queries(7):
        page = client.get(url(cast, "arrangements/")).content.decode()
    assert "1 of 8 arranged" in page
    assert page.count('type="checkbox"') == 8
    assert f'name="shown-{first.pk}"' in page, "so that it can be taken back"
    assert page.count('name="question_') == 5


def test_student_saves_bit_by_bit(cast):
    first = points(cast)[0]
    kept(cast, {f"state-{first.pk}": "on"})
    assert Tick.objects.get().point == first
    assert not Preparation.objects.exists()
    kept(cast, notes(question_1="How did you come to this work?"))
    found = Preparation.objects.get()
    assert (found.how, found.leave_at, found.cost) == ("Bus 14, then on foot", time(8, 5), "£4.60")
    kept(cast, notes(question_5="What should I learn first?", question_1=""))
    assert Preparation.objects.get().questions == ["What should I learn first?"]


def test_the_page_saves_itself(cast):
    client = signed_in(cast.student)
    answer = client.post(url(cast, "arrangements/save/"), notes(), headers=QUIETLY)
    told = answer.json()
    was = told.pop("was")
    assert told == {"says": "Saved.", "answered": 0, "unticked": []}
    assert json.loads(was)["leave_at"] == "08:05"
    answer = client.post(url(cast, "arrangements/save/"), notes(plan_b="Ring my aunt", was=was), headers=QUIETLY)
    assert json.loads(answer.json()["was"])["plan_b"] == "Ring my aunt"
    assert Preparation.objects.get().plan_b == "Ring my aunt"


def test_an_older_page_overwrites_nothing_and_keeps_what_was_typed(cast):
    first = points(cast)[0]
    kept(cast, notes())
    stale = {"how": "By bicycle", "was": json.dumps({"how": ""}), f"state-{first.pk}": "on"}
    response = signed_in(cast.student).post(url(cast, "arrangements/save/"), stale)
    assert response.status_code == 422
    assert "You changed this to “Bus 14, then on foot” on another page meanwhile." in response.content.decode()
    assert "By bicycle" in response.content.decode()
    assert Preparation.objects.get().how == "Bus 14, then on foot"
    assert Tick.objects.get().point == first


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("arrive_at", "07:00", "You would be there before you leave."),
        ("leave_at", "25:99", "There is no such time."),
        ("how", "x" * 301, "at most 300 characters"),
        ("question_3", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_right_is_said(field, value, words):
    form = PreparationForm(notes(**{field: value}), instance=Preparation())
    assert [(where, words in error) for where, [error] in form.errors.items()] == [(field, True)]


def test_a_tick_in_an_older_page_is_no_news_of_the_words(cast):
    first = points(cast)[0]
    kept(cast, notes())
    stale = {"how": "", "leave_at": "", "was": json.dumps({"how": "", "leave_at": ""}), f"state-{first.pk}": "on"}
    answer = signed_in(cast.student).post(url(cast, "arrangements/save/"), stale, headers=QUIETLY)
    assert (answer.status_code, answer.json()["says"], answer.json()["answered"]) == (200, "Saved.", 1)
    assert Preparation.objects.get().leave_at == time(8, 5)


def test_what_is_refused_is_not_saved_and_the_rest_is(cast):
    client, wrong = signed_in(cast.student), notes(arrive_at="07:00")
    response = client.post(url(cast, "arrangements/save/"), wrong)
    assert response.status_code == 422
    assert "You would be there before you leave." in response.content.decode()
    assert "£4.60" in response.content.decode()
    quiet = client.post(url(cast, "arrangements/save/"), wrong, headers=QUIETLY)
    assert quiet.status_code == 422
    assert quiet.json()["says"].startswith("Not saved yet: You would be there before you leave.")
    found = Preparation.objects.get()
    assert (found.how, found.leave_at, found.arrive_at) == ("Bus 14, then on foot", None, None)


def test_signed_out_the_words_come_back(cast):
    response = Client().post(url(cast, "arrangements/save/"), notes())
    assert response.status_code == 401
    assert "It was not saved. Copy what you need, sign in, and put it in again." in text_of(response)
    assert "Bus 14, then on foot" in text_of(response)


def test_signed_out_whose_tab_keeps_the_words_is_asked_to_sign_in_and_not_to_copy(cast):
    page = text_of(Client().post(url(cast, "arrangements/save/"), notes(press="1795420800000")))
    assert "What you wrote is kept in this browser tab. Sign in, and it is offered to you again on its page." in page
    assert "put it in again" not in page
    assert "Bus 14, then on foot" in page.partition("<summary>To be safe: copy it</summary>")[2]


def test_neither_manager_nor_tutor_saves_for_the_student(cast):
    for user in (cast.manager, cast.tutor):
        assert signed_in(user).post(url(cast, "arrangements/save/"), notes()).status_code == 403


def test_staff_read_it_in_six_queries(cast, django_assert_num_queries):
    kept(cast, notes(question_2="When is lunch?"))
    tick(cast.placement, points(cast)[0], by=cast.student)
    client = signed_in(cast.tutor)
    with django_assert_num_queries(6):
        page = client.get(url(cast, "arrangements/")).content.decode()
    assert "Bus 14, then on foot" in page
    assert "When is lunch?" in page
    assert "1 of 5 written here. The tick is the student’s own word." in page


def test_staff_see_that_nothing_is_there_yet(cast):
    page = signed_in(cast.coordinator).get(url(cast, "arrangements/")).content.decode()
    assert "Student has not planned the journey here yet." in page
    assert "None is written yet." in page


# --- A tick whose words are taken out ---

FIVE = "I have five questions for my manager and colleagues"
JOURNEY = "I have planned my journey, with times"
WHY = "You took out all that you had written to it. Tick it again if it is arranged all the same."


def prepared(cast) -> dict:
    """The journey and one question are written, both points ticked: what the page sends then."""
    boxes = {point.wording: point.pk for point in points(cast)}
    ticked = {f"state-{boxes[wording]}": "on" for wording in (FIVE, JOURNEY)}
    kept(cast, notes(question_2="When is lunch?") | ticked)
    shown = {f"shown-{boxes[wording]}": "1" for wording in (FIVE, JOURNEY)}
    return notes(question_2="When is lunch?") | ticked | shown


def ticked(cast) -> set[str]:
    return {tick.wording for tick in Tick.objects.filter(placement=cast.placement)}


def test_a_tick_goes_with_the_last_of_its_words_and_the_student_is_told(cast):
    data = prepared(cast)
    response = signed_in(cast.student).post(url(cast, "arrangements/save/"), data | {"question_2": " "})
    assert said(response) == [f"Saved. Not ticked any more: “{FIVE}”. {WHY}"]
    assert ticked(cast) == {JOURNEY}
    assert Preparation.objects.get().questions == []


def test_the_page_that_saves_itself_is_told_which_tick_went(cast):
    data = prepared(cast) | dict.fromkeys(("how", "leave_at", "arrive_at", "cost"), "")
    answer = signed_in(cast.student).post(url(cast, "arrangements/save/"), data, headers=QUIETLY).json()
    answer.pop("was")
    [gone] = [point.pk for point in points(cast) if point.wording == JOURNEY]
    assert answer == {
        "says": f"Saved. Not ticked any more: “{JOURNEY}”. {WHY}",
        "answered": 1,
        "unticked": [gone],
    }
    assert ticked(cast) == {FIVE}


def test_a_tick_stays_while_something_is_written_or_where_nothing_ever_was(cast):
    data = prepared(cast)
    assert kept(cast, data | {"how": "", "question_2": "", "question_5": "Where is the desk?"}) == []
    assert ticked(cast) == {FIVE, JOURNEY}
    Preparation.objects.all().delete()
    assert kept(cast, data | {"question_2": ""}) == []
    assert ticked(cast) == {FIVE, JOURNEY}


def test_a_point_that_is_ticked_again_without_words_is_the_students_own_word(cast):
    data = prepared(cast) | {"question_2": ""}
    assert [str(point) for point in kept(cast, data)] == [FIVE]
    assert kept(cast, data) == []
    assert ticked(cast) == {FIVE, JOURNEY}


# --- The student's home, the placement, the guided path ---


def steps(cast, today) -> list[tuple[str, str]]:
    found = filled_in(cast.student_record, arrangements_steps(cast.student_record, [cast.placement], today))
    return [(step.says, step.detail) for step in found]


def test_the_home_asks_from_two_weeks_before_the_first_day(cast):
    first_on = cast.placement.first_on
    assert steps(cast, first_on - timedelta(days=15)) == []
    assert steps(cast, first_on - timedelta(days=14)) == [("Get ready for your first day", "0 of 8 arranged so far.")]
    everything = steps_of(cast.student_record, [cast.placement], first_on)
    assert [step.says for step in everything].count("Get ready for your first day") == 1
    for point in points(cast):
        tick(cast.placement, point, by=cast.student)
    assert steps(cast, first_on) == [("Have your first-day card at hand", "All is arranged.")]
    assert steps(cast, first_on + timedelta(days=1)) == []


def test_the_guided_path_lists_it_as_advice(cast):
    task = next(
        task
        for task in tasks_of([cast.placement], with_advice=True)[cast.placement.pk]
        if task.title == "Before day one"
    )
    assert (task.done, task.required) == (False, False)
    assert task.says == "The student has arranged 0 of 8 things for the first day."


def test_the_manager_finds_the_cards_on_the_placement_but_not_the_arrangements(cast):
    found = {entry.title: entry.says for entry in entries_of(cast.placement, {"manager"})}
    assert found["Briefing card"] == "What I should know and do"
    assert found["First-day card"] == "What to wear and whom to ask for is not said yet"
    assert "Before day one" not in found
    assert "Before day one" in {entry.title for entry in entries_of(cast.placement, {"student"})}
