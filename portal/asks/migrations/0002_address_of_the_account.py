from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def forget_copies(apps, schema_editor):
    """Who has an account is mailed there. Where a corrected address had opened a second ask, the newer one stays."""
    asks = apps.get_model("asks", "Ask").objects.exclude(to=None)
    opened = set()
    rows = asks.filter(answered_at=None, withdrawn_at=None).order_by("-made_at", "pk")
    for pk, *asked in rows.values_list("pk", "kind", "about", "about_id", "to"):
        if tuple(asked) in opened:
            asks.filter(pk=pk).update(withdrawn_at=timezone.now())
        opened.add(tuple(asked))
    asks.update(address="")


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='ask', name='ask_once_at_a_time'),
        migrations.AlterField(
            model_name='ask',
            name='address',
            field=models.EmailField(blank=True, editable=False, max_length=254),
        ),
        migrations.RunPython(forget_copies, migrations.RunPython.noop),
    ]
