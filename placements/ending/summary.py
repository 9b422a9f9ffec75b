"""What students said of an employer, all together: from five answers on, so that nobody is recognised by chance."""

from dataclasses import dataclass

from django.db.models import Count

from placements.ending.models import FeedbackAnswer, Recommend

LEAST = 5


@dataclass(frozen=True)
class Statement:
    """How many agreed with a statement (4 or 5), how many did not (1 or 2), and how many answered."""

    wording: str
    agree: int
    disagree: int
    answers: int

    @property
    def neither(self) -> int:
        return self.answers - self.agree - self.disagree


@dataclass(frozen=True)
class Summary:
    """`count` feedbacks, `recommend` of them would recommend the employer. Nothing more below LEAST."""

    count: int
    recommend: int = 0
    perhaps: int = 0
    statements: tuple[Statement, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.count >= LEAST


def summary_of(feedback) -> Summary:
    """The summary of a queryset of Feedback. Two queries."""
    told = dict(feedback.order_by().values_list("recommend").annotate(Count("pk")))
    count = sum(told.values())
    if count < LEAST:
        return Summary(count)
    rows = FeedbackAnswer.objects.filter(feedback__in=feedback.order_by())
    values = rows.order_by("statement__number").values_list("statement__wording", "value").annotate(Count("pk"))
    statements = {}
    for wording, value, number in values:
        agree, disagree, answers = statements.get(wording, (0, 0, 0))
        agree, disagree = agree + number * (value > 3), disagree + number * (value < 3)
        statements[wording] = (agree, disagree, answers + number)
    return Summary(
        count,
        told.get(Recommend.YES, 0),
        told.get(Recommend.PERHAPS, 0),
        tuple(Statement(wording, *numbers) for wording, numbers in statements.items()),
    )
