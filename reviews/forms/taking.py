"""What a student takes along of the employer's review forms, once they are handed in."""

from functools import partial

from portal.taking import Part, Sheet, table, takes
from reviews.forms.models import Answer, ReviewForm
from reviews.forms.views.printing import sheet


@takes(65, "What the employer said")
def review_forms(student, user, wanted):
    rows = ReviewForm.objects.visible_to(user).handed_in().with_people().filter(placement__student=student)
    rows = list(rows.order_by("handed_in_at", "pk"))
    if not rows:
        return None
    answers = Answer.objects.filter(form__in=rows).order_by("form__handed_in_at", "form", "number", "pk")
    forms = {form.pk: form for form in rows}
    everything = table(
        "review-forms",
        answers,
        Form=lambda answer: forms[answer.form_id].title,
        Employer=lambda answer: forms[answer.form_id].placement.employer.name,
        Handed_in=lambda answer: forms[answer.form_id].handed_in_at,
        By="by_name",
        Asked="wording",
        Answer="label",
        Words="words",
    )
    sheets = [
        Sheet(f"{form.title}, {form.placement.employer}", "print/review_form.html", partial(sheet, form))
        for form in rows
    ]
    return Part(sheets=sheets, tables=[everything])
