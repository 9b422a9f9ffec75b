"""What the clock does about kept totals."""

from django.utils.timezone import localdate

from placements.hours.models import Stage, StudentHours
from placements.hours.totals import rebuild
from portal.clock import due
from students.tlevels.rules import in_force_on

AT_ONCE = 500
EVERY = 10  # minutes


@due
def complete_totals_of_an_older_version(now):
    """Every ten minutes some of the totals that were written before they held everything; in the end there are none."""
    if now.minute % EVERY:
        return
    placed = StudentHours.objects.filter(begun_on=None, student__signed_off_at=None).exclude(stage=Stage.WITHOUT)
    rebuild(list(placed.values_list("pk", flat=True)[:AT_ONCE]))


@due
def go_by_the_rules_of_today(now):
    """Whoever has no placement is asked for the hours of the rules in force: some at a time, once newer ones begin."""
    if now.minute % EVERY:
        return
    waiting = StudentHours.objects.filter(stage=Stage.WITHOUT, begun_on=None, student__signed_off_at=None)
    waiting = waiting.exclude(rule_set=in_force_on(localdate(now)).pk)
    rebuild(list(waiting.values_list("pk", flat=True)[:AT_ONCE]))
