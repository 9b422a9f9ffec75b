"""What a student takes along of getting ready for interviews. What is private only where they want it."""

from portal.taking import PRIVATE, Part, listing, table, takes
from students.interviews.models import Question, Sheet, Thought


@takes(47, "Ready for interviews", choices=[PRIVATE])
def interviews(student, user, wanted):
    """Research that was shared with the tutor; all of it, the worksheet and the questions where they are wanted."""
    sheets = Sheet.objects.visible_to(user).filter(student=student).kept()
    sheets = list(sheets if PRIVATE.name in wanted else sheets.filter(status=Sheet.Status.SHARED))
    thoughts, questions = own_words(student, user) if PRIVATE.name in wanted else ([], [])
    if not (sheets or thoughts or questions):
        return None
    research = table(
        "research",
        sheets,
        Organisation="name",
        What_it_does="does",
        Values="values",
        Reach="get_reach_display",
        Size="size",
        News="news",
    )
    worksheet = table("interview-worksheet", thoughts, Prompt="wording", What_I_wrote="words")
    asked = table("interview-questions", questions, Question="words", What_they_said="answer")
    shown = [worksheet, asked] if thoughts or questions else []
    return Part(
        sheets=[listing("Ready for interviews", *shown)] if shown else [],
        tables=([research] if sheets else []) + shown,
    )


def own_words(student, user) -> tuple[list[Thought], list[Question]]:
    """The worksheet and the questions, for the student alone."""
    thoughts = Thought.objects.visible_to(user).filter(student=student)
    return list(thoughts), list(Question.objects.visible_to(user).filter(student=student).kept())
