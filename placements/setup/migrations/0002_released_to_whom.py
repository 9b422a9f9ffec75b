import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def say_to_whom(apps, schema_editor):
    """Words that are released now were released to the line manager of now; the history forgets the words."""
    rows = apps.get_model("setup", "SharedAdjustment").objects.filter(released_at__isnull=False, taken_back_at=None)
    for row in rows.select_related("placement"):
        row.to_id = row.placement.manager_id
        row.save(update_fields=["to"])
    events = apps.get_model("history", "Event").objects.filter(about="placements.placement")
    events.filter(says__startswith="released to ").update(says="released to the employer what helps")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("history", "0001_initial"),
        ("setup", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharedadjustment",
            name="to",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharedadjustment",
            name="with_office",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="sharedadjustment",
            constraint=models.CheckConstraint(
                condition=Q(("released_at__isnull", False), Q(("to", None), ("with_office", False)), _connector="OR"),
                name="adjustment_read_once_released",
            ),
        ),
        migrations.RunPython(say_to_whom, migrations.RunPython.noop),
    ]
