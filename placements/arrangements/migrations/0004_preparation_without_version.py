from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("arrangements", "0003_first_day_without_version"),
    ]

    operations = [
        migrations.RemoveField(model_name="preparation", name="version"),
    ]
