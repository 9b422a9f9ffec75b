"""What stays out of the portfolio and the archive unless it is ticked, and what each tick brings into both."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from placements.behaviours.models import GroupWord
from placements.concerns.raising import add_words
from placements.ending.models import Letter, Reflection
from placements.goals.models import LearningGoal
from placements.logbook.models import Entry
from placements.logbook.models import Reflection as Word
from placements.timesheets.models import Absence
from reviews.meetings.models import GoalWord, Preparation
from students.contacts.models import Contact
from students.interviews.models import Sheet
from students.models import Student
from tests.conftest import make_cast, signed_in
from tests.placements.access_concerns import accident_of, concern_of
from tests.placements.reflections import finished
from tests.reviews.meetings_ready import held_meeting
from tests.reviews.portfolio_packed import unset_archive
from tests.reviews.signoffs import proposed
from tests.students.access_support import need_of
from tests.students.paper_scenes import version_of
from tests.undone import undone

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
NOON = "2026-04-20T12:00Z"


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(NOON):
        yield


def private_things(cast) -> list[str]:
    """One of each kind that only the student sees; returns the words by which each is found in an archive."""
    student = cast.student_record
    Entry.objects.create(placement=cast.placement, day=MONDAY, did="Draft about lasers")
    entry = Entry.objects.create(placement=cast.placement, day=MONDAY, did="Built a booking page")
    Word.objects.create(entry=entry, words="I was afraid at first")
    entry.publish(by=cast.student)
    Sheet.objects.create(student=student, name="Unshared works", does="Bikes")
    version_of(student, "kept", letter="Hidden council")
    Reflection.objects.create(placement=cast.placement, proud="Proud of zinc")
    Letter.objects.create(placement=cast.placement, text="Dear zither maker")
    reflection = finished(student)
    GroupWord.objects.create(reflection=reflection, group="team", words="I hide in teams")
    meeting = held_meeting(cast)
    Preparation.objects.create(meeting=meeting, hard="The yawning was hard")
    goal = LearningGoal.objects.create(placement=cast.placement, number=1, wording="Not agreed")
    GoalWord.objects.create(meeting=meeting, goal=goal, side="student", number=1, wording="Vexing goal", words="No")
    Contact.objects.create(student=student, name="Sister Joyce", email="joyce@ward.test", notes="Quirky laugh")
    return [
        "Draft about lasers",
        "I was afraid at first",
        "Unshared works",
        "Hidden council",
        "Proud of zinc",
        "Dear zither maker",
        "I hide in teams",
        "The yawning was hard",
        "Vexing goal",
        "Quirky laugh",
    ]


def share(cast):
    """Show the private things to those for whom each is meant."""
    Entry.objects.get(status="draft").publish(by=cast.student)
    Sheet.objects.get().share(by=cast.student)
    Reflection.objects.update(shared_at=timezone.now())
    Letter.objects.update(sent_on=MONDAY)
    Preparation.objects.update(shared_at=timezone.now())
    cast.student_record.behaviourreflections.get().hand_in(by=cast.student)


def in_confidence(cast) -> list[str]:
    """What was told in confidence, with what was answered; returns the words of each."""
    concern = concern_of(cast, "The bus never comes")
    add_words(concern, "Take the number nine", by=cast.tutor)
    accident_of(cast)
    need_of(cast, state="shared", words="Buses make me ill", helps="A quiet corner")
    proposed(cast)
    return [
        "The bus never comes",
        "Take the number nine",
        "I slipped on the wet ramp",
        "Stores, loading door",
        "Buses make me ill",
        "A quiet corner",
        "Long illness in spring.",
    ]


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker):
    """Archives of one student by what was ticked, and the words of what is private and of what was told: to be read."""
    with undone(django_db_blocker, NOON):
        cast = make_cast()
        taken = SimpleNamespace(private=private_things(cast), told=in_confidence(cast))
        need_of(cast, words="Trains make me ill")
        Absence.objects.create(placement=cast.placement, day=MONDAY, kind="sick", note="Tonsillitis, pharmacist's note")
        Absence.objects.create(placement=cast.placement, day=date(2026, 3, 3), kind="holiday", note="At the hospital")
        taken.for_oneself = unset_archive(cast.student, contacts=True, private=True)
        taken.in_confidence = unset_archive(cast.student, contacts=True, sensitive=True)
        share(cast)
        taken.without_a_tick = unset_archive(cast.student)
    return taken


@pytest.fixture(scope="module")
def with_all_ticks(django_db_setup, django_db_blocker):
    """The archive of somebody with a birthday, a learner number and a need that nobody was told of: to be read."""
    with undone(django_db_blocker, NOON):
        cast = make_cast()
        Student.objects.filter(pk=cast.student_record.pk).update(uln="1000000018", born_on=date(2007, 5, 19))
        need_of(cast, words="Trains make me ill")
        return unset_archive(cast.student, contacts=True, private=True, sensitive=True)


def test_what_only_the_student_sees_is_left_out_unless_it_is_ticked(taken):
    assert [words for words in taken.private if words in taken.in_confidence.text] == []
    assert [words for words in taken.private if words not in taken.for_oneself.text] == []
    assert "I was afraid at first" in [row["Just for me"] for row in taken.for_oneself.rows("logbook")]


def test_the_pdf_says_nothing_that_only_the_student_sees_unless_it_is_ticked(taken):
    on_paper = ["Proud of zinc", "Dear zither maker", "I hide in teams", "The yawning was hard", "Vexing goal"]
    on_paper += ["What I wrote just for me", "I was afraid at first"]
    assert [words for words in on_paper if words in taken.in_confidence.paper] == []
    assert [words for words in on_paper if words not in taken.for_oneself.paper] == []


def test_what_was_told_in_confidence_and_answered_is_in_both_where_it_was_ticked(taken):
    assert [words for words in taken.told if words in taken.for_oneself.text] == []
    ticked = taken.in_confidence
    assert [words for words in taken.told if words not in ticked.paper] == []
    assert "Worries, support, health and special consideration" in ticked.paper
    [accident] = ticked.rows("worries-accidents")
    assert accident["What happened"] == "I slipped on the wet ramp"


def test_that_somebody_was_ill_and_the_notes_of_days_away_are_told_in_confidence_only(taken):
    rows = taken.for_oneself.rows("absences")
    assert [(row["Why"], "Note" in row) for row in rows] == [("Away", False), ("Holiday", False)]
    assert "Tonsillitis" not in taken.for_oneself.text
    assert "At the hospital" not in taken.for_oneself.text
    assert [(row["Why"], row["Note"]) for row in taken.in_confidence.rows("absences")] == [
        ("Sick", "Tonsillitis, pharmacist's note"),
        ("Holiday", "At the hospital"),
    ]


def test_a_need_that_nobody_was_told_of_wants_both_ticks(taken, with_all_ticks):
    assert "Trains make me ill" not in taken.in_confidence.text
    assert "Trains make me ill" not in taken.for_oneself.text
    assert "Trains make me ill" in with_all_ticks.paper


def test_birthday_and_learner_number_are_in_one_file_of_the_archive_and_not_in_the_pdf(with_all_ticks):
    for hidden in ("1000000018", "19 May 2007", "Unique learner number"):
        assert hidden not in with_all_ticks.paper
    files = with_all_ticks.files
    assert [name for name, data in files.items() if b"1000000018" in data] == ["me.json"]
    assert json.loads(files["me.json"]) == {
        "Name": "Student Reed",
        "Date of birth": "2007-05-19",
        "Unique learner number": "1000000018",
    }
    plain = {name: data for name, data in files.items() if name[-4:] != ".pdf"}
    assert [name for name, data in plain.items() if b"2007" in data] == ["me.json"]


def test_what_was_shared_goes_along_without_a_tick(taken):
    text = taken.without_a_tick.text
    for words in ["Draft about lasers", "Unshared works", "Proud of zinc", "Dear zither maker", "I hide in teams"]:
        assert words in text, words
    assert "The yawning was hard" in text
    assert "Vexing goal" in text
    assert "I was afraid at first" not in text


def test_the_people_one_met_are_left_out_where_they_are_not_ticked(taken):
    archive = taken.without_a_tick
    assert "Sister Joyce" not in archive.text
    assert "joyce@ward.test" not in archive.text
    assert "data/contacts.csv" not in archive.names
    assert "data/contacts.csv" in taken.for_oneself.names


def test_page_readme_and_cover_say_the_same_of_what_is_in_it_and_only_the_people_are_ticked(cast, taken):
    always = "shared self-assessments and reflections, letters of thanks that were sent, the action plan"
    response = signed_in(cast.student).get(reverse("portfolio"))
    page = response.content.decode()
    assert always in page
    assert "me.json" in page
    assert [tick.label for tick in response.context["form"].ticks if tick.initial] == ["The people I met"]
    assert "We tick the people you met for you" in page
    assert "unless you tick it" not in page
    archive = taken.without_a_tick
    readme = archive.files["README.txt"].decode("utf-8-sig")
    assert always in readme
    left_out = "Worries, support, health and special consideration; What I wrote just for me; The people I met."
    assert f"Not asked for, and so not in it: {left_out}" in readme
    assert "me.json" in readme
    assert always in archive.paper
    assert "what was told in confidence, is in it only where it is named here" in archive.paper
