from django.db import migrations

from students.selfassessment.statements import SHIPPED


def load(apps, schema_editor):
    """The 21 statements as they ship."""
    statement = apps.get_model("selfassessment", "Statement")
    rows = [
        statement(part=part, group=group, short=short, wording=wording)
        for part, group, statements in SHIPPED
        for short, wording in statements
    ]
    for number, row in enumerate(rows, 1):
        row.number = number
    statement.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("selfassessment", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
