"""T Levels and specialisms no longer say how many hours they require: rule sets do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tlevels", "0004_required_hours")]

    operations = [
        # While this is undone, the rows of before get a figure; 0004 then writes the one that the newest rule set has.
        migrations.AlterField(
            "specialism", "required_hours", models.PositiveSmallIntegerField("required hours", default=315)
        ),
        migrations.RemoveField("specialism", "required_hours"),
        migrations.RemoveField("specialism", "in_person_only"),
        migrations.RemoveField("tlevel", "required_hours"),
    ]
