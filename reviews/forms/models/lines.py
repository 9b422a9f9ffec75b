"""The lines of a form: what is asked, in the wording that holds (or was answered), with its answer.

`form` is a ReviewForm everywhere, whose verbs ask for these lines.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from placements.behaviours.models import Behaviour, Group
from reviews.forms.models.answers import Answer
from reviews.forms.models.questions import Occasion, Part, Progress, Question, Scale

GOALS = "goals"
TITLES = dict(Group.choices) | {GOALS: "Learning goals"} | dict(Question.Screen.choices)
ORDER = [*Group.values, GOALS, *Question.Screen.values]


@dataclass
class Line:
    """One thing that a form asks. `earlier` is the answer of the midway form, where the final one asks the same."""

    part: str
    code: str
    screen: str
    wording: str
    hint: str = ""
    options: list = field(default_factory=list)
    is_required: bool = True
    answer: Answer | None = None
    earlier: Answer | None = None
    number: int = 0

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"{self.part}-{self.code}"

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and bool(self.answer.value or self.answer.words.strip())

    @property
    def is_needed(self) -> bool:
        """Whether the form is whole only with an answer to it."""
        return self.part == Part.GOAL or self.is_required

    @property
    def is_left(self) -> bool:
        """Whether the form cannot be handed in because of it."""
        if self.part == Part.GOAL:
            return self.answer is None or not self.answer.value
        return self.is_required and not self.is_answered


@dataclass
class Screen:
    """One screen of a form, at most one group of behaviours on it."""

    name: str
    lines: list[Line]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def left(self) -> int:
        """How many lines still need an answer."""
        return sum(line.is_left for line in self.lines)

    @property
    def left_sentence(self) -> str:
        """'3 to answer'."""
        return f"{self.left} to answer"

    @property
    def is_scale(self) -> bool:
        return self.name in Group.values


def lines_of(form) -> list[Line]:
    """All lines in their order. Of a form that is handed in only what was answered, in its own wording.

    One query for a form that is handed in, four for one that is open.
    """
    answers, before = answers_of(form)
    if form.is_handed_in:
        return [answered(answer) for answer in answers]
    stored = {(answer.part, answer.code): answer for answer in answers}
    lines = asked_now(form)
    known = {(line.part, line.code) for line in lines}
    lines += [answered(answer) for key, answer in stored.items() if key not in known]
    lines.sort(key=lambda line: ORDER.index(line.screen))
    earlier = {(answer.part, answer.code): answer for answer in before}
    for number, line in enumerate(lines, start=1):
        line.number = number
        line.earlier = earlier.get((line.part, line.code))
        if found := stored.get((line.part, line.code)):
            line.answer, line.wording = found, found.wording
    return lines


def asked_now(form) -> list[Line]:
    """Behaviours, goals that both have agreed to, and questions, as they hold now. Three queries."""
    lines = [
        Line(Part.BEHAVIOUR, one.code, one.group, one.wording, options=Scale.choices)
        for one in Behaviour.objects.current()
    ]
    lines += [
        Line(Part.GOAL, str(goal.pk), GOALS, goal.wording, options=Progress.choices)
        for goal in form.placement.goals.current()
        if goal.is_agreed
    ]
    name = form.placement.student.user.first_name
    return lines + [
        Line(
            Part.QUESTION,
            one.code,
            one.screen,
            one.wording.replace("{name}", name),
            one.hint.replace("{name}", name),
            one.options,
            one.is_required,
        )
        for one in Question.objects.asked_by(form.placement.provider_id, form.occasion)
    ]


def answered(answer: Answer) -> Line:
    """A line as it was answered."""
    return Line(
        answer.part,
        answer.code,
        answer.screen,
        answer.wording,
        options=answer.options,
        is_required=False,
        answer=answer,
        number=answer.number,
    )


def answers_of(form) -> tuple[list[Answer], list[Answer]]:
    """(the answers of the form, and for an open final one what was said midway). One query."""
    wanted = Q(form=form.pk)
    if form.occasion == Occasion.FINAL and not form.is_handed_in:
        wanted |= Q(form__in=form.placement.review_forms.handed_in().filter(occasion=Occasion.MIDWAY))
    rows = list(Answer.objects.filter(wanted).order_by("number", "pk"))
    return [row for row in rows if row.form_id == form.pk], [row for row in rows if row.form_id != form.pk]


def screens_of(form, lines: list[Line] | None = None) -> list[Screen]:
    """The screens of a form in their order, without those that would be empty."""
    found = {}
    for line in lines if lines is not None else lines_of(form):
        found.setdefault(line.screen, []).append(line)
    return [Screen(name, found[name]) for name in ORDER if name in found]
