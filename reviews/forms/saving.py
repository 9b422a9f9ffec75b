"""Keeping the answers of a form, as one goes."""

from django.db import transaction
from django.utils import timezone

from reviews.forms.forms import ScreenForm
from reviews.forms.models import Answer, ReviewForm


@transaction.atomic
def save_answers(form: ReviewForm, screen: ScreenForm, *, by_name: str):
    """Keep every line of a bound `screen` that holds no error. Raises SomebodyWasQuicker once it is handed in."""
    screen.is_valid()
    form.take_turn()
    for line, value, words in screen.said():
        keep(form, line, value, words, by_name)


def keep(form, line, value: str, words: str, by_name: str):
    """One answer, in the wording that was on the screen; an emptied one is taken out."""
    stored = line.answer
    if not value and not words:
        if stored:
            stored.delete()
            line.answer = None
        return
    if stored and (stored.value, stored.words) == (value, words):
        return
    line.answer, _ = Answer.objects.update_or_create(
        form=form,
        part=line.part,
        code=line.code,
        defaults={
            "screen": line.screen,
            "number": line.number,
            "wording": line.wording,
            "options": [list(option) for option in line.options],
            "value": value,
            "label": dict(map(tuple, line.options)).get(value, ""),
            "words": words,
            "at": timezone.now(),
            "by_name": by_name,
        },
    )
