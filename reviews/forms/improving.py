"""What a line manager says in a review form can become an action of the student."""

from reviews.forms.models import Answer, Part, ReviewForm
from reviews.forms.models.lines import Screen
from students.actions.sources import Source, cut, source

LOW = 3  # points: as expected; at most these are offered
OFFERED = 3  # behaviours
DEVELOP = "develop"  # the shipped question what to work on


@source("review_answer")
def of_an_answer(user, pk: int):
    """Only the student's own, and only once it is handed in."""
    own = ReviewForm.objects.visible_to(user).handed_in().filter(placement__student__user=user)
    answer = Answer.objects.filter(form__in=own, pk=pk).select_related("form").first()
    if answer is None:
        return None
    says = answer.label or answer.words
    return Source(cut(f"{answer.form.title}: {answer.wording}: {says}"))


def worth_an_action(screens: list[Screen]) -> list[Answer]:
    """What to work on in the manager's words, then the behaviours with the lowest points. No query."""
    answers = [line.answer for screen in screens for line in screen.lines if line.is_answered]
    words = [one for one in answers if one.part == Part.QUESTION and one.code == DEVELOP and one.words]
    rated = [one for one in answers if one.points and one.points <= LOW]
    return words + sorted(rated, key=lambda one: one.points)[:OFFERED]
