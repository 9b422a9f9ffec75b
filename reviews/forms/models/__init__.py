"""The employer's review forms: the form itself, its answers and remarks, and the questions that are data."""

from reviews.forms.models.answers import Answer
from reviews.forms.models.form import CORRECT_MINUTES, ReviewForm
from reviews.forms.models.questions import Occasion, Part, Progress, Question, Scale
from reviews.forms.models.remarks import Remark

__all__ = ["CORRECT_MINUTES", "Answer", "Occasion", "Part", "Progress", "Question", "Remark", "ReviewForm", "Scale"]
