"""The questions that ship with the review forms."""

from django.db import migrations

QUESTIONS = [
    ("strengths", "words", "", "What does {name} do well?", "A sentence or two, with an example if you have one.", [], True),
    ("develop", "words", "", "What should {name} work on next?", "One or two things are plenty.", [], True),
    ("overall", "words", "", "Overall, how is it going?", "",
     [["struggling", "Struggling"], ["uneven", "Up and down"], ["steady", "Going steadily"], ["well", "Going well"],
      ["outstanding", "Outstanding"]], True),
    ("host_again", "ending", "", "Would you host a T Level student again?", "",
     [["yes", "Yes"], ["perhaps", "Perhaps"], ["no", "No"]], True),
    ("offer", "ending", "final", "Will you offer {name} work after the T Level?", "",
     [["job", "Yes, a job"], ["apprenticeship", "Yes, an apprenticeship"], ["perhaps", "Perhaps later"], ["no", "No"]],
     True),
    ("reference", "ending", "final", "Would you give {name} a reference?", "", [["yes", "Yes"], ["no", "No"]], True),
]  # fmt: skip


def load(apps, schema_editor):
    question = apps.get_model("review_forms", "Question")
    for number, (code, screen, occasion, wording, hint, options, is_required) in enumerate(QUESTIONS, start=1):
        question.objects.create(
            code=code, screen=screen, occasion=occasion, wording=wording, hint=hint, options=options,
            is_required=is_required, number=number,
        )  # fmt: skip


def unload(apps, schema_editor):
    apps.get_model("review_forms", "Question").objects.filter(provider=None).delete()


class Migration(migrations.Migration):
    dependencies = [("review_forms", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
