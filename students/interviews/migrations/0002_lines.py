from django.db import migrations

from students.interviews.lines import rows


def load(apps, schema_editor):
    """The prompts, tips and questions as they ship."""
    line = apps.get_model("interviews", "Line")
    line.objects.bulk_create(line(**row) for row in rows())


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
