"""What else tells how a student stands, besides the hours: weeks that came back, goals, reviews. Never worries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value

from placements.goals.models import LearningGoal
from placements.models import Placement
from placements.timesheets.models import Timesheet
from reviews.forms.models import ReviewForm
from reviews.meetings.overdue import overdue_meetings

PATIENCE = timedelta(days=8)  # with a form: reminders went out after 3 and 7 days
ACTIVE = Placement.Status.ACTIVE


@dataclass(frozen=True)
class Signs:
    """How many of each. `sent_back`: weeks that came back and are not handed in again. `without_goals`: running
    placements without a goal that both agreed to. `meetings` and `forms` (of line managers): overdue ones.
    """

    sent_back: int = 0
    without_goals: int = 0
    meetings: int = 0
    forms: int = 0

    @property
    def reviews(self) -> int:
        return self.meetings + self.forms


def overdue_forms(now: datetime) -> QuerySet:
    """Review forms that the line manager has not handed in, in spite of two reminders."""
    return ReviewForm.objects.filter(status=ReviewForm.Status.ASKED, asked_at__lt=now - PATIENCE)


def without_goals() -> QuerySet:
    """Running placements without a single goal that tutor and line manager agreed to."""
    agreed = LearningGoal.objects.filter(
        placement=OuterRef("pk"), replaced_at=None, tutor_agreed_at__isnull=False, manager_agreed_at__isnull=False
    )
    return Placement.objects.without_tasters().filter(~Exists(agreed), status=ACTIVE)


def signs_of(student_ids: Iterable[int], now: datetime) -> dict[int, Signs]:
    """The signs of many students. One query."""
    ids = list(student_ids)
    sent_back = Timesheet.objects.filter(status=Timesheet.Status.SENT_BACK)
    parts = [
        counted("sent_back", sent_back, "placement__student", ids),
        counted("without_goals", without_goals(), "student", ids),
        counted("meetings", overdue_meetings(now), "placement__student", ids),
        counted("forms", overdue_forms(now), "placement__student", ids),
    ]
    found = {pk: {} for pk in ids}
    for name, student, number in parts[0].union(*parts[1:], all=True):
        found[student][name] = number
    return {pk: Signs(**numbers) for pk, numbers in found.items()}


def counted(name: str, rows: QuerySet, way: str, ids: list[int]) -> QuerySet:
    """(name, student, number of rows)."""
    of_students = rows.filter(**{f"{way}__in": ids}).order_by()
    return of_students.values_list(Value(name, output_field=CharField()), way).annotate(number=Count("pk"))
