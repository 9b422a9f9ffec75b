"""The employer's review forms: the form itself, its answers, and the questions that are data."""

from reviews.forms.models.answers import Answer, Remark
from reviews.forms.models.form import CORRECT_MINUTES, Occasion, ReviewForm
from reviews.forms.models.questions import Part, Progress, Question, Scale

__all__ = ["CORRECT_MINUTES", "Answer", "Occasion", "Part", "Progress", "Question", "Remark", "ReviewForm", "Scale"]
