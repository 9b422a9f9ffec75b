"""What reflections say over time, by group and by statement, and beside what others say."""

from collections import defaultdict

from placements.behaviours.chart import Figure, groups_chart
from placements.behaviours.models import POINTS, BehaviourReflection, Group, Rating
from placements.behaviours.others import said_of
from students.rating.growth import OwnChange, lowest

ME = "Me"
OVER_TIME = "The mean of 1 to 5 points given to oneself in each group, the first time and the last. See the table."
BESIDE = "The mean of 1 to 5 points in each group, the own view beside the line manager's. See the table."


class Change(OwnChange):
    """One behaviour: the first and the last point given."""

    @property
    def first_words(self) -> str:
        return POINTS[self.first]

    @property
    def last_words(self) -> str:
        return POINTS[self.last]


class Growth:
    """Finished reflections of one student, oldest first, read with their ratings. One query."""

    def __init__(self, reflections: list[BehaviourReflection]):
        self.reflections = sorted(reflections, key=lambda one: (one.begun_at, one.pk))
        self.ratings = defaultdict(list)
        rows = Rating.objects.filter(reflection__in=self.reflections).select_related("behaviour")
        for row in rows.order_by("behaviour__number", "pk"):
            self.ratings[row.reflection_id].append(row)

    @property
    def times(self) -> int:
        return len(self.reflections)

    def figure(self, reflection, group: str, title: str) -> Figure:
        """The mean of one group in one reflection."""
        rows = [row for row in self.ratings[reflection.pk] if row.behaviour.group == group]
        seen = [row.value for row in rows if row.value]
        return Figure(title, len(seen), len(rows), sum(seen))

    def over_time(self) -> list[tuple[str, list[Figure]]]:
        """(group, [first, last]) or, of a single reflection, (group, [it]). [] without any."""
        if not self.reflections:
            return []
        wanted = [(self.reflections[0], "First"), (self.reflections[-1], "Last")] if self.times > 1 else []
        wanted = wanted or [(self.reflections[0], ME)]
        return [(label, [self.figure(one, group, title) for one, title in wanted]) for group, label in Group.choices]

    def changes(self) -> list[Change]:
        """First and last point per behaviour, whatever its wording then, in their order."""
        values, newest = defaultdict(list), {}
        for reflection in self.reflections:
            for row in self.ratings[reflection.pk]:
                if row.value:
                    values[row.behaviour.code].append(row.value)
                    newest[row.behaviour.code] = row.behaviour
        order = sorted(newest.values(), key=lambda one: (one.number, one.pk))
        return [Change(one, values[one.code][0], values[one.code][-1]) for one in order]

    def beside(self, student) -> list[tuple[str, list[Figure]]]:
        """(group, [mine, what somebody else said]) of the last reflection; [] while nobody else said anything."""
        others = said_of(student) if self.reflections else None
        if others is None:
            return []
        return [
            (label, [self.figure(self.reflections[-1], group, ME), others[group]]) for group, label in Group.choices
        ]


def shown(growth: Growth, student) -> dict:
    """What the pages of student and tutor show of it."""
    over_time, beside, changes = growth.over_time(), growth.beside(student), growth.changes()
    return {
        "times": growth.times,
        "over_time": over_time,
        "chart": groups_chart(over_time, title="Behaviour at work over time", description=OVER_TIME, key="over-time"),
        "beside": beside,
        "beside_chart": groups_chart(beside, title="Own view and others", description=BESIDE, key="beside"),
        "changes": changes,
        "lowest": lowest(changes),
    }
