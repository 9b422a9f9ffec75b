"""What each approach means, in the rule set that was shipped (docs/rules.md)."""

from django.db import migrations, models

NOTES = {
    "taster": "Job shadowing or visits, before a student and an employer commit to a placement.",
    "remote": "Away from the workplace, and only where the employer itself works that way.",
    "skills_hub": "Practical work in a skills hub or in an employer's training centre.",
    "small_team": "A project that a few students do together, supervised by an employer.",
    "paid_job": "Paid work relevant to the T Level, off the college's premises and towards the learning goals.",
    "on_site": "Work in facilities on the college's own site.",
}


def write_notes(apps, schema_editor):
    rows = apps.get_model("tlevels", "ApproachRule").objects.filter(rule_set__name="2024/25", route="")
    for approach, note in NOTES.items():
        rows.filter(approach=approach).update(note=note)


class Migration(migrations.Migration):
    dependencies = [("tlevels", "0002_reference_data")]

    operations = [
        migrations.AddField(
            "approachrule",
            "note",
            models.CharField(
                "what it means",
                max_length=200,
                blank=True,
                help_text="A sentence that students and line managers read. It is said once, in the row for every route.",
            ),
        ),
        migrations.RunPython(write_notes, migrations.RunPython.noop),
    ]
