"""Providers that are there already begin with the shipped links, too (students.resources.following)."""

from django.db import migrations

from students.resources.shipped import ship


def load(apps, schema_editor):
    for provider in apps.get_model("people", "Provider").objects.values_list("pk", flat=True):
        ship(apps.get_model("resources", "Link"), provider)


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
