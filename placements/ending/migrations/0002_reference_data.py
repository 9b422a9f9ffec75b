"""The statements about an employer, and the reasons for an early end."""

from django.db import migrations

STATEMENTS = [
    "I was made welcome and shown round when I started",
    "I had work to do that fits my T Level",
    "Somebody had time for me when I had a question",
    "I felt safe, and I was treated with respect",
    "The hours and days were what we had agreed",
    "I was told how I was doing, in a way that helped me",
]
REASONS = [
    "The required hours are reached",
    "The student is moving to another placement that suits them better",
    "The student's health or circumstances",
    "The journey is too long or too expensive",
    "The work does not fit the T Level or the learning goals",
    "The employer can no longer offer the place",
    "The employer was not content with how it went",
    "The student was not content with how it went",
    "Safety or wellbeing",
    "The student is leaving the T Level",
    "Another reason",
]


def load(apps, schema_editor):
    for number, wording in enumerate(STATEMENTS, start=1):
        apps.get_model("ending", "FeedbackStatement").objects.create(number=number, wording=wording)
    for number, wording in enumerate(REASONS, start=1):
        apps.get_model("ending", "EndReason").objects.create(
            number=number, wording=wording, needs_words=wording == REASONS[-1]
        )


def unload(apps, schema_editor):
    apps.get_model("ending", "FeedbackStatement").objects.all().delete()
    apps.get_model("ending", "EndReason").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("ending", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
