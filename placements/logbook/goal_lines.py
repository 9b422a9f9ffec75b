"""A learning goal through all its wordings: entries and ratings belong to the goal, whatever it was called then."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery

from placements.goals.models import LearningGoal
from placements.logbook.models import Entry, EntryGoal, GoalRating, Level


@dataclass
class GoalLine:
    """The wordings of one goal, the oldest first. `key` (that of the first) names the goal in forms and filters."""

    rows: list[LearningGoal]

    @property
    def key(self) -> str:
        return str(self.rows[0].pk)

    @property
    def pks(self) -> list[int]:
        return [row.pk for row in self.rows]

    @property
    def is_current(self) -> bool:
        """Whether the goal holds now; else it was dropped."""
        return any(row.replaced_at is None for row in self.rows)

    @property
    def held(self) -> LearningGoal | None:
        """The wording that holds: the last one that the tutor agreed to. None: it is a draft of the staff's so far."""
        current = next((row for row in self.rows if row.replaced_at is None), None)
        if current and current.tutor_agreed_at:
            return current
        return next((row for row in reversed(self.rows) if row.tutor_agreed_at), None)

    @property
    def chosen(self) -> LearningGoal | None:
        """The wording in which an entry chose it (`with_choice`)."""
        return next((row for row in self.rows if row.is_chosen), None)

    @property
    def number(self) -> int:
        """Its place in the list now."""
        return self.held.number

    # With figures (`with_figures`):

    @property
    def entry_count(self) -> int:
        return sum(row.entry_count or 0 for row in self.rows)

    @property
    def rated(self) -> str:
        """The last rating in words; '' if there is none."""
        rated = [(row.rated_on, row.level) for row in self.rows if row.rated_on]
        return Level(max(rated)[1]).label if rated else ""


def lines_of(rows) -> list[GoalLine]:
    """Goals as lines, in the order of the list. A goal to which no tutor agreed so far is left out."""
    by_pk = {row.pk: row for row in rows}
    lines = {}
    for row in sorted(by_pk.values(), key=lambda row: (row.written_at, row.pk)):
        first = row
        while first.replaces_id in by_pk:
            first = by_pk[first.replaces_id]
        lines.setdefault(first.pk, []).append(row)
    found = [line for line in map(GoalLine, lines.values()) if line.held]
    return sorted(found, key=lambda line: (line.rows[0].placement_id, line.number, line.key))


def current_lines(rows) -> list[GoalLine]:
    return [line for line in lines_of(rows) if line.is_current]


def with_choice(placement, entry: Entry | None):
    """All wordings of a placement's goals; `is_chosen` where the entry serves one. One query."""
    chosen = EntryGoal.objects.filter(entry=entry.pk if entry else None, goal=OuterRef("pk"))
    return LearningGoal.objects.filter(placement=placement).annotate(is_chosen=Exists(chosen))


def with_figures(placement, user):
    """All wordings, with how many entries that the reader may see serve each, and the last rating. One query."""
    entries = Entry.objects.visible_to(user).written().filter(placement=placement)
    serving = EntryGoal.objects.filter(entry__in=entries, goal=OuterRef("pk")).order_by().values("goal")
    ratings = GoalRating.objects.filter(goal=OuterRef("pk")).order_by("-rated_on")
    return LearningGoal.objects.filter(placement=placement).annotate(
        entry_count=Subquery(serving.annotate(count=Count("pk")).values("count")),
        level=Subquery(ratings.values("level")[:1]),
        rated_on=Subquery(ratings.values("rated_on")[:1]),
    )
