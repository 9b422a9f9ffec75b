"""Who of the staff has read what, written down as they open it, and shown to the student."""

from datetime import timedelta

from django.utils import timezone

from portal.history.models import Look, label_of
from students.support.models import Need

ONCE_IN = timedelta(hours=1)
SHOWN = 50


def look_at(needs: list[Need], *, by):
    """Write down that `by` has these before them: once in an hour, and whenever something is new. Two queries."""
    if not needs:
        return
    label, now = label_of(needs[0]), timezone.now()
    rows = Look.objects.filter(about=label, about_id__in=[need.pk for need in needs], by=by, at__gte=now - ONCE_IN)
    last = dict(rows.order_by("at").values_list("about_id", "at"))
    Look.objects.bulk_create(
        Look(about=label, about_id=need.pk, at=now, by=by, by_name=by.name)
        for need in needs
        if need.pk not in last or last[need.pk] < need.told_at
    )


def looks_of_others(needs: list[Need], student) -> list[Look]:
    """The latest looks of anybody but the student, newest first."""
    rows = Look.objects.filter(about=Need._meta.label_lower, about_id__in=[need.pk for need in needs])
    return list(rows.exclude(by=student.user_id)[:SHOWN]) if needs else []
