"""Before day one: the student's arrangements, journey and five questions; the first-day card."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from placements.arrangements.keeping import first_day_of
from placements.arrangements.models import FirstDay, Preparation, first_day_at_work
from placements.checklists.lines import lines_of, tick
from placements.checklists.models import Checklist, Tick
from placements.models import Placement
from placements.starting import tasks_of
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.rooms import entries_of, steps_of
from students.models import Student
from tests.conftest import signed_in

QUIETLY = {"X-Autosave": "1"}


def url(cast, act="") -> str:
    return f"/placements/{cast.placement.pk}/{act}"


def points(cast) -> list:
    return [line.point for line in lines_of(cast.placement, Checklist.ARRANGEMENTS)]


def notes(**more) -> dict:
    return {"how": "Bus 14, then on foot", "leave_at": "08:05", "arrive_at": "08:50", "cost": "£4.60", "seen": 0} | more


# --- The student's page ---


def test_student_sees_eight_arrangements_a_journey_and_exactly_five_questions(cast):
    page = signed_in(cast.student).get(url(cast, "arrangements/")).content.decode()
    assert "0 of 8 arranged" in page
    assert page.count('type="checkbox"') == 8
    assert page.count('name="question_') == 5


def test_student_saves_bit_by_bit(cast):
    client, first = signed_in(cast.student), points(cast)[0]
    client.post(url(cast, "arrangements/save/"), {f"state-{first.pk}": "on"})
    assert Tick.objects.get().point == first
    assert not Preparation.objects.exists()
    client.post(url(cast, "arrangements/save/"), notes(question_1="How did you come to this work?"))
    found = Preparation.objects.get()
    assert (found.how, found.leave_at, found.cost) == ("Bus 14, then on foot", time(8, 5), "£4.60")
    client.post(url(cast, "arrangements/save/"), notes(question_5="What should I learn first?", seen=found.version))
    assert Preparation.objects.get().questions == ["What should I learn first?"]


def test_a_tick_is_taken_back(cast):
    first = points(cast)[0]
    tick(cast.placement, first, by=cast.student)
    client = signed_in(cast.student)
    assert f'name="shown-{first.pk}"' in client.get(url(cast, "arrangements/")).content.decode()
    client.post(url(cast, "arrangements/save/"), {f"shown-{first.pk}": "1"})
    assert not Tick.objects.exists()


def test_the_page_saves_itself(cast):
    client = signed_in(cast.student)
    answer = client.post(url(cast, "arrangements/save/"), notes(), headers=QUIETLY)
    assert answer.json() == {"says": "Saved.", "answered": 0, "seen": 1}
    answer = client.post(url(cast, "arrangements/save/"), notes(plan_b="Ring my aunt", seen=1), headers=QUIETLY)
    assert answer.json() == {"says": "Saved.", "answered": 0, "seen": 2}
    assert Preparation.objects.get().plan_b == "Ring my aunt"


def test_an_older_page_overwrites_nothing_and_keeps_what_was_typed(cast):
    client, first = signed_in(cast.student), points(cast)[0]
    client.post(url(cast, "arrangements/save/"), notes())
    stale = notes(how="By bicycle", seen=0) | {f"state-{first.pk}": "on"}
    response = client.post(url(cast, "arrangements/save/"), stale)
    assert response.status_code == 409
    assert "You changed this on another page meanwhile." in response.content.decode()
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
def test_what_cannot_be_right_is_said_and_the_rest_stays_on_the_page(cast, field, value, words):
    client = signed_in(cast.student)
    response = client.post(url(cast, "arrangements/save/"), notes(**{field: value}))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "£4.60" in response.content.decode()
    quiet = client.post(url(cast, "arrangements/save/"), notes(**{field: value}), headers=QUIETLY)
    assert quiet.status_code == 422
    assert "Not saved yet" in quiet.json()["says"]


@pytest.mark.parametrize("seen", ["x", "-4", "9" * 30])
def test_a_nonsense_version_is_refused(cast, seen):
    assert signed_in(cast.student).post(url(cast, "arrangements/save/"), notes(seen=seen)).status_code == 422


def test_signed_out_the_words_come_back(cast):
    response = Client().post(url(cast, "arrangements/save/"), notes())
    assert response.status_code == 401
    assert "Bus 14, then on foot" in response.content.decode()


def test_nobody_else_saves_for_the_student(cast):
    for who, status in [("manager", 403), ("tutor", 403), ("student2", 404)]:
        assert signed_in(getattr(cast, who)).post(url(cast, "arrangements/save/"), notes()).status_code == status


def test_staff_read_it_and_the_manager_does_not(cast):
    signed_in(cast.student).post(url(cast, "arrangements/save/"), notes(question_2="When is lunch?"))
    page = signed_in(cast.tutor).get(url(cast, "arrangements/")).content.decode()
    assert "Bus 14, then on foot" in page
    assert "When is lunch?" in page
    assert "1 of 5 written here. The tick is the student’s own word." in page
    assert signed_in(cast.manager).get(url(cast, "arrangements/")).status_code == 404


def test_staff_see_that_nothing_is_there_yet(cast):
    page = signed_in(cast.coordinator).get(url(cast, "arrangements/")).content.decode()
    assert "Student has not planned the journey here yet." in page
    assert "None is written yet." in page


@pytest.mark.parametrize(("who", "queries"), [("student", 7), ("tutor", 6)])
def test_the_page_takes_few_queries(cast, django_assert_num_queries, who, queries):
    tick(cast.placement, points(cast)[0], by=cast.student)
    client = signed_in(getattr(cast, who))
    with django_assert_num_queries(queries):
        client.get(url(cast, "arrangements/"))


# --- The student's home, the placement, the guided path ---


def steps(cast, today) -> list[tuple[str, str]]:
    student = Student.objects.get(pk=cast.student_record.pk)
    found = steps_of(student, list(student.placements.with_people().prefetch_related("pattern_days")), today)
    return [(step.says, step.detail) for step in found if "first day" in step.says or "first-day" in step.says]


def test_the_home_asks_from_two_weeks_before_the_first_day(cast):
    first_on = cast.placement.first_on
    assert steps(cast, first_on - timedelta(days=15)) == []
    assert steps(cast, first_on - timedelta(days=14)) == [("Get ready for your first day", "0 of 8 arranged so far.")]
    for point in points(cast):
        tick(cast.placement, point, by=cast.student)
    assert steps(cast, first_on) == [("Have your first-day card at hand", "All is arranged.")]
    assert steps(cast, first_on + timedelta(days=1)) == []


def test_the_guided_path_lists_it_as_advice(cast):
    task = next(task for task in tasks_of([cast.placement])[cast.placement.pk] if task.title == "Before day one")
    assert (task.done, task.required) == (False, False)
    assert task.says == "The student has arranged 0 of 8 things for the first day."


def test_the_manager_finds_the_cards_on_the_placement_but_not_the_arrangements(cast):
    found = {entry.title: entry.says for entry in entries_of(cast.placement, {"manager"})}
    assert found["Briefing card"] == "What I should know and do"
    assert found["First-day card"] == "What to wear and whom to ask for is not said yet"
    assert "Before day one" not in found
    assert "Before day one" in {entry.title for entry in entries_of(cast.placement, {"student"})}


# --- The first-day card ---


def test_the_card_says_when_where_whom_and_whom_to_ring(cast):
    cast.manager.phone = "01632 960999"
    cast.manager.save()
    page = signed_in(cast.student).get(url(cast, "first-day/")).content.decode()
    for words in (
        "Monday 2 March 2026",
        "09:00 to 17:00",
        "Manager Reed",
        "01632 960999",
        "01632 960111",
        "Grace Bell",
    ):
        assert words in page


def test_the_first_day_leaves_out_days_off_and_bank_holidays(cast):
    placement = Placement.objects.get(pk=cast.placement.pk)
    placement.first_on = date(2026, 4, 3)  # Good Friday
    assert first_day_at_work(placement)[0] == date(2026, 4, 7)
    placement.pattern_days.all().delete()
    assert first_day_at_work(Placement.objects.get(pk=placement.pk)) == (date(2026, 3, 2), None)


def test_the_journey_stands_on_the_students_card_only(cast):
    signed_in(cast.student).post(url(cast, "arrangements/save/"), notes())
    assert "Bus 14" in signed_in(cast.student).get(url(cast, "first-day/")).content.decode()
    assert "Bus 14" not in signed_in(cast.manager).get(url(cast, "first-day/")).content.decode()
    assert "Bus 14" not in signed_in(cast.tutor).get(url(cast, "first-day/")).content.decode()


def card(**more) -> dict:
    return {"ask_for": "Amira, third floor", "go_to": "Side door", "wear_and_bring": "Flat shoes", "seen": 0} | more


@pytest.mark.parametrize("who", ["tutor", "coordinator", "manager"])
def test_staff_and_manager_fill_the_card_in(cast, who):
    client = signed_in(getattr(cast, who))
    page = client.post(url(cast, "first-day/edit/"), card(), follow=True).content.decode()
    assert "The first-day card has been saved." in page
    assert "Amira, third floor" in page
    assert "Flat shoes" in signed_in(cast.student).get(url(cast, "first-day/")).content.decode()


def test_changes_of_the_card_stand_in_its_history(cast):
    client = signed_in(cast.tutor)
    client.post(url(cast, "first-day/edit/"), card())
    client.post(url(cast, "first-day/edit/"), card(go_to="Front door", seen=1))
    assert Event.objects.filter(says="changed where to go on arrival from Side door to Front door").exists()
    assert "Side door" in client.get(url(cast, "first-day/edit/")).content.decode()


def test_the_second_of_two_is_told_and_keeps_the_words(cast):
    client = signed_in(cast.tutor)
    client.post(url(cast, "first-day/edit/"), card())
    for seen in (0, "", 7):
        response = client.post(url(cast, "first-day/edit/"), card(go_to="Back door", seen=seen))
        assert response.status_code == 409
        assert "Back door" in response.content.decode()
    assert FirstDay.objects.get().go_to == "Side door"


@pytest.mark.parametrize("value", ["a\x00b", "x" * 151])
def test_nonsense_on_the_card_is_refused(cast, value):
    assert signed_in(cast.tutor).post(url(cast, "first-day/edit/"), card(ask_for=value)).status_code == 422


def test_the_student_does_not_write_the_card(cast):
    assert signed_in(cast.student).post(url(cast, "first-day/edit/"), card()).status_code == 403


def test_the_card_as_a_pdf(cast):
    response = signed_in(cast.student).get(url(cast, "first-day.pdf"))
    assert response.content.startswith(b"%PDF")
    assert "First day at Employer.pdf" in response["Content-Disposition"]


@pytest.mark.parametrize(("who", "queries"), [("student", 6), ("manager", 5), ("tutor", 6)])
def test_the_card_takes_few_queries(cast, django_assert_num_queries, who, queries):
    FirstDay.objects.create(placement=cast.placement, go_to="Side door")
    client = signed_in(getattr(cast, who))
    with django_assert_num_queries(queries):
        client.get(url(cast, "first-day/"))


# --- The manager fills it in by link ---


def asked(cast) -> str:
    signed_in(cast.tutor).post(url(cast, "first-day/ask/"))
    return Ask.objects.get(kind="first_day").path()


def test_staff_ask_the_manager_by_mail(cast):
    path = asked(cast)
    notice = Notice.objects.get(kind="ask_first_day")
    assert (notice.to, notice.subject) == (cast.manager, "A first day: a few words from you")
    assert path in notice.text
    page = signed_in(cast.tutor).get(url(cast, "first-day/")).content.decode()
    assert "Sent to Manager Reed" in page
    again = signed_in(cast.tutor).post(url(cast, "first-day/ask/"), follow=True).content.decode()
    assert "a few minutes ago" in again


def test_without_a_manager_nobody_is_asked(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    response = signed_in(cast.tutor).post(url(cast, "first-day/ask/"), follow=True)
    assert "No line manager is named yet." in response.content.decode()


def test_manager_fills_the_card_in_by_link_and_changes_it_later(cast, client):
    path = asked(cast)
    assert "What you leave empty is not shown." in client.get(path).content.decode()
    response = client.post(path, card(), follow=True)
    assert "It stands on the card of Student now." in response.content.decode()
    assert Ask.objects.get().is_answered
    client.post(path, card(go_to="Front door", seen=first_day_of(cast.placement).version))
    assert FirstDay.objects.get().go_to == "Front door"
    assert Event.objects.filter(by=cast.manager, about="arrangements.firstday").count() == 2


def test_nonsense_by_link_is_refused_and_kept(cast, client):
    path = asked(cast)
    response = client.post(path, card(ask_for="x" * 151))
    assert response.status_code == 422
    assert "x" * 151 in response.content.decode()
    assert client.get(path + "at/elsewhere/").status_code == 404


def test_the_link_of_a_manager_who_is_replaced_opens_nothing(cast, client):
    path = asked(cast)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    assert client.get(path).status_code == 410


def test_filling_it_in_signed_in_answers_the_ask(cast):
    asked(cast)
    known = first_day_of(cast.placement)
    signed_in(cast.manager).post(url(cast, "first-day/edit/"), card(seen=known.version))
    assert Ask.objects.get().is_answered


def test_the_link_holds_fourteen_days(cast, client):
    path = asked(cast)
    Ask.objects.update(mailed_at=timezone.now() - timedelta(days=15))
    assert client.get(path).status_code == 410
