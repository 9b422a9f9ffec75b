"""The one writer of Quality: what students and line managers said, added up for each employer of a provider."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import Count, IntegerField, Q, Sum
from django.db.models.functions import Cast

from placements.ending.models import Feedback, FeedbackAnswer, Recommend
from placements.ending.summary import LEAST
from reviews.cohort.models import Counted, Quality
from reviews.forms.models import Answer, Part, ReviewForm


@transaction.atomic
def add_up_quality(provider_id: int, today: date):
    """Write the figures of all employers of a provider afresh."""
    Counted.objects.filter(pk=provider_id).update(quality_on=today)
    Quality.objects.filter(provider=provider_id).delete()
    Quality.objects.bulk_create(rows_of(provider_id), batch_size=500)


def rows_of(provider_id: int) -> list[Quality]:
    """The figures of each employer, not written."""
    found = defaultdict(dict)
    for name, rows in figures(provider_id):
        for employer, *numbers in rows:
            found[employer] |= dict(zip(name, numbers, strict=True))
    rows = [Quality(employer_id=employer, provider_id=provider_id, **facts) for employer, facts in found.items()]
    for row in rows:
        if row.feedback >= LEAST and row.answers:
            row.agree_percent = round(100 * row.agree / row.answers)
    return rows


def figures(provider_id: int):
    """(names, rows of employer and numbers), one pair for each source. Four queries."""
    way = "placement__employer"
    told = Feedback.objects.filter(placement__provider=provider_id).order_by().values_list(way)
    would = {name: Count("pk", filter=Q(recommend=name)) for name in (Recommend.YES, Recommend.PERHAPS)}
    yield ("feedback", "recommend", "perhaps"), told.annotate(n=Count("pk"), **would)
    answers = FeedbackAnswer.objects.filter(feedback__placement__provider=provider_id).order_by()
    agree = Count("pk", filter=Q(value__gt=3))
    yield ("answers", "agree"), answers.values_list(f"feedback__{way}").annotate(n=Count("pk"), agree=agree)
    forms = ReviewForm.objects.handed_in().filter(placement__provider=provider_id).order_by()
    yield ("forms",), forms.values_list(way).annotate(n=Count("pk"))
    seen = Answer.objects.filter(
        form__status=ReviewForm.Status.HANDED_IN,
        form__placement__provider=provider_id,
        part=Part.BEHAVIOUR,
        value__in=["1", "2", "3", "4", "5"],
    )
    points = Sum(Cast("value", IntegerField()))
    yield ("seen", "points"), seen.order_by().values_list(f"form__{way}").annotate(n=Count("pk"), points=points)
