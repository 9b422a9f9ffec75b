from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the rows that the one before wrote: PostgreSQL makes no index in the transaction that changed them."""

    dependencies = [
        ('asks', '0002_address_of_the_account'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=('kind', 'about', 'about_id', 'to'), name='ask_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None), ('to', None), ('withdrawn_at', None)), fields=('kind', 'about', 'about_id', 'address'), name='ask_an_address_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('to', None), ('address', ''), _connector='XOR'), name='ask_of_a_person_or_an_address'),
        ),
    ]
