from itertools import groupby
from operator import itemgetter

from django.db import migrations


def repeats(days):
    """(placement, day) of every pattern that says what the one before it says; `days` in order."""
    for placement, rows in groupby(days, itemgetter(0)):
        last = None
        for start, version in groupby(rows, itemgetter(1)):
            times = [row[2:] for row in version]
            if times == last:
                yield placement, start
            last = times


def remove_repeats(apps, schema_editor):
    """Take such patterns out, for they make an agreement look changed.

    Not where the agreement itself names the day, nor of a placement that has ended, which is compared with nothing.
    """
    Day, Agreement = apps.get_model("placements", "PatternDay"), apps.get_model("agreements", "Agreement")
    Event = apps.get_model("history", "Event")
    days = Day.objects.exclude(placement__status="ended").order_by("placement", "valid_from", "weekday")
    fields = "placement", "valid_from", "weekday", "starts", "finishes", "break_minutes"
    for placement, start in list(repeats(days.values_list(*fields).iterator())):
        said = f"{start:%-d %B %Y}"
        facts = Agreement.objects.filter(placement=placement, replaced_at=None).values_list("facts", flat=True)
        if any(f"; from {said} " in fact.get("days and times", "") for fact in facts):
            continue
        Day.objects.filter(placement=placement, valid_from=start).delete()
        says = f"removed the working pattern from {said}: it was the same as the one before"
        Event.objects.create(about="placements.placement", about_id=placement, by_name="The portal", says=says)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_needs_of_staff"),
        ("placements", "0003_needs_of_staff"),
        ("history", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(remove_repeats, migrations.RunPython.noop, elidable=True),
    ]
