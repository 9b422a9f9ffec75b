"""Who has begun a placement: one definition for the week that is taken down and for those worked out afterwards."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from placements.models import Placement
from reviews.cohort.models import ALL
from reviews.risk.models import Standing


def placements_begun() -> QuerySet[Placement]:
    """Placements that run or are over, work tasters apart: each was begun on its `first_on`."""
    return Placement.objects.without_tasters().exclude(status=Placement.Status.PLANNED)


def placed_by(provider_id: int, day: date) -> Counter:
    """How many who have a standing had begun a placement by a day, by (year of entry, T Level or ALL). One query."""
    placed = placements_begun().filter(student=OuterRef("pk"), first_on__lte=day)
    rows = Standing.objects.filter(Exists(placed), provider=provider_id).order_by().values_list("entry_year", "tlevel")
    found = Counter()
    for year, tlevel, students in rows.annotate(students=Count("pk")):
        found[year, tlevel] += students
        found[year, ALL] += students
    return found
