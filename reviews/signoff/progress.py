"""How far a student has come with each learning goal, by what was said last in a review meeting."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery

from placements.goals.models import LearningGoal
from portal.words import long_date
from reviews.forms.models import Progress
from reviews.meetings.models import GoalWord, Meeting

REACHED = {Progress.MET, Progress.EXCEEDED}


@dataclass(frozen=True)
class Goal:
    """One learning goal that holds, or held at the end, with what was said to it last: '' and None for nothing yet."""

    wording: str
    employer: str
    progress: str = ""
    words: str = ""
    said_at: datetime | None = None

    @property
    def is_reached(self) -> bool:
        return self.progress in REACHED

    @property
    def says(self) -> str:
        return Progress(self.progress).label if self.progress else "Not looked at in a review meeting yet"

    @property
    def sentence(self) -> str:
        """'Working towards it, said on 3 March 2026'."""
        return f"{self.says}, said on {long_date(self.said_at)}" if self.said_at else self.says

    @property
    def tone(self) -> str:
        return "good" if self.is_reached else "waiting" if self.progress else "calm"


def goals_of(student) -> list[Goal]:
    """The goals of all placements, in order. A goal keeps what was said to its earlier wordings. One query."""
    found = {row.pk: row for row in _goals_with_words().filter(placement__student=student)}
    holding = [row for row in found.values() if row.replaced_at is None and (row.is_agreed or row.replaces_id)]
    return [goal_of(row, found) for row in holding]


@cache
def _goals_with_words() -> QuerySet:
    """All goals with what was said to them last. Put together once, as that takes a while; it is never read itself."""
    said = GoalWord.objects.filter(
        goal=OuterRef("pk"), side=GoalWord.Side.TOGETHER, meeting__status__in=Meeting.OVER
    ).exclude(progress="")
    latest = said.order_by("-meeting__starts_at", "-pk")
    rows = LearningGoal.objects.annotate(
        progress=Subquery(latest.values("progress")[:1]),
        words=Subquery(latest.values("words")[:1]),
        said_at=Subquery(latest.values("meeting__starts_at")[:1]),
    )
    return rows.select_related("placement__employer").order_by("placement__first_on", "number")


def goal_of(row, rows: dict) -> Goal:
    """The goal with the newest word that was said to it or to a wording before it."""
    said = row
    while said and not said.progress:
        said = rows.get(said.replaces_id)
    employer = row.placement.employer.name
    return Goal(row.wording, employer, said.progress, said.words, said.said_at) if said else Goal(row.wording, employer)
