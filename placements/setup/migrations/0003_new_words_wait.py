from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('setup', '0002_released_to_whom'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sharedadjustment',
            name='adjustment_open_once',
        ),
        migrations.AddConstraint(
            model_name='sharedadjustment',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at__isnull', False), ('taken_back_at', None)), fields=('placement',), name='adjustment_released_once'),
        ),
        migrations.AddConstraint(
            model_name='sharedadjustment',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None), ('taken_back_at', None)), fields=('placement',), name='adjustment_waiting_once'),
        ),
    ]
