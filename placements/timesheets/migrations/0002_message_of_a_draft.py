from django.db import migrations, models


def keep_with_the_draft(apps, schema_editor):
    """The message of a week that was taken back belongs to its draft from now on."""
    rows = apps.get_model("timesheets", "Timesheet").objects.filter(status="draft")
    rows.update(message_begun=models.F("message"), message="")


class Migration(migrations.Migration):
    dependencies = [
        ("timesheets", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="timesheet",
            name="message_begun",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=500, verbose_name="message that is not sent yet"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_with_the_draft, migrations.RunPython.noop, elidable=True),
    ]
