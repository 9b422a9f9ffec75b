"""Scenes for tests of getting ready for interviews: what students wrote, interviews that were arranged."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from students.interviews.arranged import Arranged
from students.interviews.models import Question, Thought


def thought_of(student, code="fit", words="They repair what others throw away", wording="What do I like?") -> Thought:
    return Thought.objects.create(student=student, code=code, words=words, wording=wording)


def question_of(student, words="What is a good day here?", **fields) -> Question:
    return Question.objects.create(student=student, words=words, **fields)


def interview_at(employer, *, key=7, days=2, is_over=False) -> Arranged:
    return Arranged(
        key=key, employer_id=employer.pk, employer=str(employer), role="Service desk",
        at=timezone.now() + timedelta(days=days), minutes=30, how="In person", where="Main entrance",
        words="Ask for Amira", contact="Amira Khan", url="/applications/7/",
        feedback_url="/applications/7/#feedback" if is_over else "",
    )  # fmt: skip


def arrange(monkeypatch) -> SimpleNamespace:
    """Set which interviews there are by its `interviews`; nobody has any to begin with."""
    told = SimpleNamespace(interviews=[])
    monkeypatch.setattr("students.interviews.views.interviews.arranged_for", lambda student: told.interviews)
    monkeypatch.setattr("students.interviews.views.research.arranged_for", lambda student: told.interviews)
    return told
