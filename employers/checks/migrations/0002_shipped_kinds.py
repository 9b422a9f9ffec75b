"""Providers that are there already begin with the shipped kinds of checks, too (employers.checks.following)."""

from django.db import migrations

from employers.checks.shipped import ship


def load(apps, schema_editor):
    for provider in apps.get_model("people", "Provider").objects.values_list("pk", flat=True):
        ship(apps.get_model("checks", "CheckKind"), provider)


class Migration(migrations.Migration):
    dependencies = [("checks", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
