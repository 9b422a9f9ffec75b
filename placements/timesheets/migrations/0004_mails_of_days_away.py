from django.db import migrations, models


def told_by_mail(apps, schema_editor):
    """What was told before counts as told: nobody gets a second mail about it."""
    apps.get_model("timesheets", "Absence").objects.update(mailed_at=models.F("told_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("timesheets", "0003_decided_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="absence",
            name="mailed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(told_by_mail, migrations.RunPython.noop, elidable=True),
    ]
