from django.db import migrations

from students.readiness.shipped import ship


def load(apps, schema_editor):
    """The 8 points of the guidance in force from January 2025."""
    ship(apps.get_model("readiness", "Point"))


class Migration(migrations.Migration):
    dependencies = [("readiness", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
