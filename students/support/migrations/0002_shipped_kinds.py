from django.db import migrations

from students.support.shipped import load


def load_kinds(apps, schema_editor):
    load(apps.get_model("support", "SupportKind"))


def unload_kinds(apps, schema_editor):
    apps.get_model("support", "SupportKind").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]

    operations = [migrations.RunPython(load_kinds, unload_kinds)]
