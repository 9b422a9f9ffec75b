"""What self-assessments say over time, and over a cohort."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from students.rating.growth import OwnChange
from students.selfassessment.models import SCALES, VALUES, Answer, SelfAssessment, Statement

FEWEST = 5  # students, below which a cohort page shows nothing


class Change(OwnChange):
    """One statement: the first and the last answer."""

    @property
    def change(self) -> int:
        return self.last - self.first

    @property
    def first_words(self) -> str:
        return SCALES[self.statement.part][self.first - 1]

    @property
    def last_words(self) -> str:
        return SCALES[self.statement.part][self.last - 1]

    @property
    def says(self) -> str:
        """The change in words: 'up by 2', 'the same', 'down by 1'."""
        if not self.change:
            return "the same"
        return f"{'up' if self.change > 0 else 'down'} by {abs(self.change)}"


def growth_of(assessments: list[SelfAssessment]) -> list[Change]:
    """First and last answer per statement over finished self-assessments, in the statements' order. One query."""
    found = defaultdict(list)
    rows = Answer.objects.filter(assessment__in=assessments).select_related("statement", "assessment")
    for answer in sorted(rows, key=lambda answer: (answer.assessment.begun_at, answer.assessment_id)):
        found[answer.statement].append(answer.value)
    return [
        Change(statement, values[0], values[-1])
        for statement, values in sorted(found.items(), key=lambda pair: (pair[0].number, pair[0].pk))
    ]


def in_short(changes: list[Change]) -> str:
    """How many statements moved which way: '12 up, 8 the same, 1 down'."""
    up, down = (sum(1 for one in changes if one.change * way > 0) for way in (1, -1))
    return f"{up} up, {len(changes) - up - down} the same, {down} down"


@dataclass(frozen=True)
class Spread:
    """How a cohort answered one statement: how many for each of 1 to 5."""

    statement: Statement
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def bars(self) -> list[tuple[int, int, str]]:
        """(value, how many, the point of the scale) of each point, for a chart."""
        return [(value, self.counts[value - 1], SCALES[self.statement.part][value - 1]) for value in VALUES]

    @property
    def low(self) -> int:
        """How many chose one of the two lowest points."""
        return self.counts[0] + self.counts[1]


def spread_of(students) -> tuple[int, list[Spread]]:
    """(how many students, the spread per statement) of the last shared self-assessment of each. Three queries.

    Fewer than FEWEST students give nothing, so that nobody can be read out of the figures.
    """
    shared = SelfAssessment.objects.filter(status=SelfAssessment.Status.HANDED_IN).order_by()
    is_later = Q(finished_at__gt=OuterRef("finished_at")) | Q(
        finished_at=OuterRef("finished_at"), pk__gt=OuterRef("pk")
    )
    later = shared.filter(is_later, student=OuterRef("student"))
    last = shared.filter(~Exists(later), student__in=students)
    number = last.count()
    if number < FEWEST:
        return number, []
    answers = Answer.objects.filter(assessment__in=last).order_by().values_list("statement", "value")
    counts = {(statement, value): found for statement, value, found in answers.annotate(found=Count("pk"))}
    statements = Statement.objects.filter(pk__in={statement for statement, _ in counts})
    return number, [Spread(one, [counts.get((one.pk, value), 0) for value in VALUES]) for one in statements]
