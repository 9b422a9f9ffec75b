from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="departments",
            field=models.CharField(
                blank=True,
                help_text="Where the student works, in their order, for example 'Service desk, then networks'.",
                max_length=300,
                verbose_name="departments",
            ),
        ),
    ]
