"""Who of the staff has read what, written down as they open it, and shown to the student."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.text import Truncator

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
    """The latest looks of anybody but the student, newest first, each with `what` was looked at."""
    if not needs:
        return []
    rows = Look.objects.filter(about=Need._meta.label_lower, about_id__in=[need.pk for need in needs])
    looks, names = list(rows.exclude(by=student.user_id)[:SHOWN]), names_of(needs)
    for look in looks:
        look.what = names[look.about_id]
    return looks


def names_of(needs: list[Need]) -> dict[int, str]:
    """What each is called in a list: its kind, with its first words where several are of one kind."""
    kinds = Counter(need.kind_words for need in needs)
    return {
        need.pk: need.kind_words
        if kinds[need.kind_words] == 1
        else f"{need.kind_words}: {Truncator(need.words or need.helps).words(6)}"
        for need in needs
    }
