from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("arrangements", "0002_t_levels_in_two_sentences"),
    ]

    operations = [
        migrations.RemoveField(model_name="firstday", name="version"),
    ]
