"""The 27 professional behaviours in 5 groups, from the guidance in force from January 2025."""

from django.db import migrations

BEHAVIOURS = {
    "professionalism": {
        "courteous": "Courteous to everybody, and shows respect",
        "punctual": "There on every agreed day, and on time",
        "calm": "Stays calm when there is pressure",
        "reliable": "Reliable, and tells the manager directly and at once when unable to come in",
        "enthusiastic": "Brings enthusiasm to the work",
        "focused": "Does not let the phone or personal matters get in the way of work",
        "policies": "Keeps to the policies: health and safety, equality and diversity, IT, discipline, behaviour",
        "confidential": "Keeps confidential things confidential",
        "reputation": "Does nothing that brings the employer or anybody else into disrepute",
        "dress": "Dresses as the workplace and the task ask for",
    },
    "results": {
        "standard": "Works to the agreed standard, with few mistakes",
        "organised": "Organises the work, puts first things first and meets deadlines",
        "support": "Asks for support when it is needed",
        "willing": "Wants to learn",
        "feedback": "Wants feedback, and acts on it",
    },
    "team": {
        "relationships": "Builds good working relationships",
        "respect": "Treats colleagues with respect",
        "views": "Listens to views other than their own",
        "helps": "Supports others and offers help",
    },
    "communication": {
        "tone": "Polite, in a tone that fits the workplace",
        "writing": "Writes clearly",
        "ideas": "Shares ideas so that others understand them",
        "instructions": "Listens, and follows instructions",
        "posture": "Shows interest by posture and expression",
        "understanding": "Checks what was understood, and asks when it was not",
    },
    "responsibility": {
        "open": "Open to feedback, and changes what it points to",
        "honest": "Honest about mistakes, and learns from them",
    },
}


def load(apps, schema_editor):
    behaviour = apps.get_model("behaviours", "Behaviour")
    found = [(group, code, wording) for group, rows in BEHAVIOURS.items() for code, wording in rows.items()]
    for number, (group, code, wording) in enumerate(found, start=1):
        behaviour.objects.create(code=code, group=group, number=number, wording=wording)


def unload(apps, schema_editor):
    apps.get_model("behaviours", "Behaviour").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("behaviours", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
