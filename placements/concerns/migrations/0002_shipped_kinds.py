from django.db import migrations

from placements.concerns.shipped import load


def load_kinds(apps, schema_editor):
    load(apps.get_model("concerns", "ConcernKind"))


def unload_kinds(apps, schema_editor):
    apps.get_model("concerns", "ConcernKind").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]

    operations = [migrations.RunPython(load_kinds, unload_kinds)]
