from django.db import migrations, models


def set_signed_off_apart(apps, schema_editor):
    """Until now both were 'complete'. The clock looks at them again, and adds up the cohort anew, at once: what is kept
    of it calls them complete still.
    """
    for name in ("Cell", "Counted"):
        apps.get_model("cohort", name).objects.all().delete()
    rows = apps.get_model("risk", "Standing").objects.filter(phase="complete")
    rows.filter(student__signed_off_at__isnull=False).update(phase="signed", is_stale=True)
    rows.filter(student__signed_off_at=None).update(phase="done", is_stale=True)


class Migration(migrations.Migration):

    dependencies = [
        ("risk", "0004_seen_out_of_reach"),
        ("cohort", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="standing",
            name="phase",
            field=models.CharField(
                choices=[
                    ("without", "Without a placement"),
                    ("planned", "Placement planned"),
                    ("active", "On placement, under way"),
                    ("ending", "On placement, ending"),
                    ("done", "Hours reached, placement over"),
                    ("signed", "Signed off"),
                ],
                max_length=8,
            ),
        ),
        migrations.RunPython(set_signed_off_apart, migrations.RunPython.noop, elidable=True),
    ]
