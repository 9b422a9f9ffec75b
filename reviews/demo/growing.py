"""How students of the demo have grown: self-assessments, and Maya's action plan."""

from datetime import time, timedelta
from random import Random

from reviews.demo.moments import SEED, Calendar
from students.actions.models import Action, Comment
from students.models import Student
from students.selfassessment.answering_form import save_answers
from students.selfassessment.models import SelfAssessment, Statement

TIMES = (12, 5)  # weeks ago
ABOUT = "I get my thoughts and ideas across clearly"
PLAN = [
    # what, how, days until due, progress, done
    (
        "Take calls on the service desk on my own",
        "Listen in with Jo twice a week, then take ten calls with Jo beside me",
        19,
        "Six calls so far. The hard part is asking the right first question.",
        False,
    ),
    ("Plan my day before I start", "Write three things on a card each morning", 5, "", False),
    (
        "Write tickets that others understand",
        "Show Amira two of mine every Friday",
        -20,
        "Amira shows one to others.",
        True,
    ),
]


def tell_growth(founding, calendar: Calendar, acts):
    """Twelve students of a tutor answer twice, the second time a little higher, and most of them share it."""
    rng = Random(f"{SEED} growth {founding.college.key}")
    statements = list(Statement.objects.filter(retired_at=None))
    students = Student.objects.filter(provider=founding.provider).select_related("user").order_by("pk")[:12]
    for number, student in enumerate(students):
        first = {statement: rng.randint(2, 4) for statement in statements}
        later = {statement: min(5, value + rng.choice((0, 0, 1, 1, 2))) for statement, value in first.items()}
        for weeks, given in zip(TIMES, (first, later), strict=True):
            moment = calendar.moment(calendar.week(weeks) + timedelta(days=2), time(17, 5))
            acts.add(moment, answering(student, given, is_shared=number % 4 < 3))
        if student.user.email == f"student@{founding.college.domain}":
            acts.add(calendar.moment(calendar.week(4), time(18, 0)), planning(student, calendar))


def answering(student, given: dict, *, is_shared: bool):
    def answer():
        assessment = SelfAssessment.objects.create(student=student)
        save_answers(assessment, list(given.items()))
        assessment.finish(by=student.user)
        if is_shared:
            assessment.hand_in(by=student.user)

    return answer


def planning(student, calendar: Calendar):
    def plan():
        for what, how, days, progress, is_done in PLAN:
            due_on = calendar.today + timedelta(days=days)
            action = Action.objects.create(
                student=student, improve=what, how=how, progress=progress, due_on=due_on,
                about=ABOUT if not is_done else "", done_on=due_on if is_done else None,
            )  # fmt: skip
            if progress and not is_done:
                words = "Well done. Try 'What did you see on the screen?' as your first question."
                Comment.objects.create(action=action, by=student.tutor, by_name=student.tutor.name, words=words)

    return plan
