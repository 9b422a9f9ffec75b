from django.db import migrations, models


def set_signed_off_apart(apps, schema_editor):
    """Until now they were among those who have their hours."""
    rows = apps.get_model("hours", "StudentHours").objects
    rows.filter(student__signed_off_at__isnull=False).update(stage="signed")


class Migration(migrations.Migration):

    dependencies = [
        ("hours", "0005_who_is_on_course"),
    ]

    operations = [
        migrations.AlterField(
            model_name="studenthours",
            name="stage",
            field=models.CharField(
                choices=[
                    ("without", "Without a placement"),
                    ("planned", "Placement planned"),
                    ("active", "On placement"),
                    ("done", "Hours reached, placement over"),
                    ("signed", "Signed off"),
                ],
                default="without",
                max_length=7,
            ),
        ),
        migrations.RunPython(set_signed_off_apart, migrations.RunPython.noop, elidable=True),
    ]
