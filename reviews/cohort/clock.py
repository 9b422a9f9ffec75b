"""What the clock does for the cohort's figures: they follow the standings, and once a day the employers' figures."""

from django.utils import timezone

from portal.clock import due
from portal.people.models import Provider
from reviews.cohort.counting import count, is_due
from reviews.cohort.models import Counted
from reviews.cohort.quality import add_up_quality
from reviews.risk import clock as first  # noqa: F401 - what it does comes before what is added up here


@due
def add_up_cohorts(now):
    """After reviews.risk has looked at the students. With nothing due: two queries for each provider."""
    today = timezone.localdate(now)
    for pk in Provider.objects.order_by("pk").values_list("pk", flat=True):
        if is_due(pk, now):
            count(pk, now)
    for pk in list(Counted.objects.exclude(quality_on=today).values_list("pk", flat=True)):
        add_up_quality(pk, today)
