"""How some placements of a crowd are completed, by the verbs: signed off, ready to be, or with special consideration.

So many at most, as each takes a while: enough to fill the pages that are about them.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from placements.hours.models import Stage, StudentHours
from placements.hours.totals import rebuild
from placements.models import Placement
from reviews.demo.crowd_year import LOST
from reviews.demo.moments import at
from reviews.demo.returns import complete_with_consideration
from reviews.demo.signoffs import Completed
from reviews.signoff import signing
from students.models import Student

SIGNED_OFF, READY, CONSIDERED = 16, 4, 2
LOOKED_AT = 40
AFTER_DAYS = 17  # so long after the last day everything is said and signed


def complete_some(founding, calendar, students: list[int]):
    """Of these students of the crowd. The others whose placement is over lack the final review and the judgement."""
    ended = Placement.objects.filter(
        student__in=students, status=Placement.Status.ENDED, last_on__lt=calendar.today - timedelta(days=AFTER_DAYS + 1)
    )
    first = list(ended.filter(goals__number=1).order_by("pk").values_list("student", flat=True)[:LOOKED_AT])
    rebuild(first)
    reached = StudentHours.objects.filter(pk__in=first, stage=Stage.DONE)
    done = list(reached.order_by("pk").values_list("pk", flat=True))
    lost = ended.filter(ended_because=LOST).order_by("pk").values_list("student", flat=True)
    completed = Completed(founding, calendar)
    for number, student in enumerate(people(done[: SIGNED_OFF + READY])):
        placement = student.placements.select_related("manager").get()
        completed.meet(placement, list(placement.goals.current()), on(placement, 0, time(10)))
        completed.make_ready(student, on(placement, AFTER_DAYS - 3, time(14, 10)))
        if number % (SIGNED_OFF // READY + 1):
            with at(on(placement, AFTER_DAYS - number % 3, time(15, 30))):
                signing.sign_off(student, by=student.tutor)
    for student in people(list(lost[:CONSIDERED])):
        complete_with_consideration(student, founding)


def people(keys: list[int]) -> list[Student]:
    """These students with whom the verbs ask for, in this order."""
    found = Student.objects.select_related("user", "tutor", "provider", "tlevel").in_bulk(keys)
    return [found[key] for key in keys]


def on(placement: Placement, days: int, clock: time) -> datetime:
    """So many days after the last one."""
    return timezone.make_aware(datetime.combine(placement.last_on + timedelta(days=days), clock))
