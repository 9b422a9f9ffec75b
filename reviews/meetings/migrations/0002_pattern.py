"""The pattern of review meetings that holds where a provider has none of its own."""

from django.db import migrations

PATTERN = [("After the first week", 7, "start"), ("Midway", 0, "middle"), ("Before the end", 10, "end")]


def load(apps, schema_editor):
    row = apps.get_model("meetings", "PatternMeeting")
    for title, days, anchor in PATTERN:
        row.objects.create(title=title, days=days, anchor=anchor)


def unload(apps, schema_editor):
    apps.get_model("meetings", "PatternMeeting").objects.filter(provider=None).delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
