from django.db import migrations


def await_nothing(apps, schema_editor):
    """No week is awaited of whoever has the hours and whose placements are over."""
    rows = apps.get_model("hours", "StudentHours").objects.filter(stage="done")
    rows.update(awaited_monday=None)


class Migration(migrations.Migration):
    dependencies = [
        ("hours", "0002_own_words_for_complete"),
    ]

    operations = [
        migrations.RunPython(await_nothing, migrations.RunPython.noop, elidable=True),
    ]
