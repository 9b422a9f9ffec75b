"""How students stand: which points hold now, and which of them are settled. One query for any number of students."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, DateTimeField, Value
from django.db.models.functions import Cast

from students.readiness.models import Point, Settled


@dataclass
class Standing:
    """A point, and how it is settled for one student (None where it is not)."""

    point: Point
    settled: Settled | None = None


@dataclass
class Standings:
    """The current points, and what is settled of them by student."""

    points: list[Point]
    by_student: dict[int, dict[str, Settled]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, student: int) -> list[Standing]:
        """All current points for a student."""
        found = self.by_student.get(student, {})
        return [Standing(point, found.get(point.code)) for point in self.points]

    def missing(self, student: int) -> list[Point]:
        """The points that are not settled for a student."""
        return [standing.point for standing in self.of(student) if standing.settled is None]

    def counts(self, students: list[int]) -> list[int]:
        """For how many of `students` each point is settled."""
        return [sum(point.code in self.by_student.get(one, {}) for one in students) for point in self.points]


def standings_of(students) -> Standings:
    """For a list of Students or their keys. One query: points and what is settled come in one."""
    nobody, never = Cast(Value(None), BigIntegerField()), Cast(Value(None), DateTimeField())
    numbered = Cast("number", BigIntegerField())
    points = Point.objects.current().order_by()
    points = points.values_list(numbered, nobody, "code", "pk", "short", "wording", "hint", never)
    rows = Settled.objects.filter(student__in=students).order_by()
    rows = rows.values_list(
        Cast(Value(0), BigIntegerField()), "student", "code", "point", "note", "point__wording", "by_name", "at"
    )
    found = Standings([])
    for number, student, code, point, first, wording, last, at in points.union(rows, all=True):
        if student is None:
            found.points.append(Point(pk=point, number=number, code=code, short=first, wording=wording, hint=last))
        else:
            settled = Settled(student_id=student, code=code, note=first, by_name=last, at=at)
            settled.point = Point(pk=point, code=code, wording=wording)
            found.by_student[student][code] = settled
    found.points.sort(key=lambda point: point.number)
    return found
