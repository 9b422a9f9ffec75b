"""The reasons for special consideration, with the codes that the results service knows (docs/rules.md)."""

from django.db import migrations

REASONS = [
    ("ML", "Health of the student", "An illness, an injury or a condition of the student's own."),
    ("MF", "Health of somebody in the family", "The student was needed at home because somebody was ill."),
    ("B", "Bereavement", "Somebody close to the student died."),
    ("D", "A crisis at home", "For example losing the home, violence, or having to care for others at short notice."),
    ("T", "Trauma, or a great change in life", "Something that turned the student's life over, whatever it was."),
    ("A", "Sport, training or another competition", "The student trains or competes at a level that takes the time."),
    ("U", "The placement was not safe", "The student had to be taken out for their safety."),
    ("W", "The employer withdrew the placement", "It was ended through no fault of the student, with no other in time."),
]


def load(apps, schema_editor):
    for number, (code, wording, hint) in enumerate(REASONS, start=1):
        apps.get_model("signoff", "Reason").objects.create(code=code, number=number, wording=wording, hint=hint)


def unload(apps, schema_editor):
    apps.get_model("signoff", "Reason").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("signoff", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
