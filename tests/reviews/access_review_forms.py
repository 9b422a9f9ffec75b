"""The access table of the employer's review forms (see tests/house/test_access.py)."""

from reviews.forms.models import Question, Remark, ReviewForm
from tests.posts import KEEPS_THE_WORDS, POST_ONLY
from tests.reviews.forms_ready import handed_in_form, remark_of

EVERYBODY = "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"
STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"


def own_question(cast):
    words = {"wording": "Was the student well prepared?"}
    return Question.objects.get_or_create(provider=cast.provider, code="own-1", defaults=words)[0].pk


def the_form(cast):
    """One that is handed in: there is one for each placement and occasion."""
    return ReviewForm.objects.filter(placement=cast.placement).first() or handed_in_form(cast)


def the_remark(cast):
    return Remark.objects.filter(form__placement=cast.placement).first() or remark_of(cast)


THINGS = {
    "review_form": lambda cast: the_form(cast).pk,
    "review_forms_placement": lambda cast: cast.placement.pk,
    "review_occasion": lambda cast: "final",
    "review_question": own_question,
    "review_remark": lambda cast: the_remark(cast).pk,
}

ROWS = {
    "review_form_list": ("pk=review_forms_placement", EVERYBODY),
    "review_form_ask": ("pk=review_forms_placement occasion=review_occasion", POST_ONLY),
    "review_form_paper": ("pk=review_forms_placement occasion=review_occasion", STAFF),
    "review_form_detail": ("pk=review_form", EVERYBODY),
    "review_form_take_back": ("pk=review_form", POST_ONLY),
    "review_form_reopen": ("pk=review_form", STAFF),
    "review_form_respond": ("pk=review_form", KEEPS_THE_WORDS),
    "review_form_unsay": ("pk=review_remark", POST_ONLY),
    "review_form_print": ("pk=review_form", EVERYBODY),
    "review_form_pdf": ("pk=review_form", EVERYBODY),
    "review_question_list": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "review_question_add": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "review_question_edit": ("pk=review_question", OFFICE),
    "review_question_retire": ("pk=review_question", POST_ONLY),
    "review_question_restore": ("pk=review_question", POST_ONLY),
}
