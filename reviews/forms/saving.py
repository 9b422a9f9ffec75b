"""Keeping the answers of a form, as one goes."""

from django.db import transaction

from reviews.forms.forms import ScreenForm
from reviews.forms.models import Answer, ReviewForm

WRITTEN = ("screen", "number", "wording", "options", "value", "label", "words", "at", "by_name")


@transaction.atomic
def save_answers(form: ReviewForm, screen: ScreenForm, *, by_name: str):
    """Keep what a bound `screen` changed and holds no error. Raises SomebodyWasQuicker once it is handed in."""
    form.take_turn()
    write_answers(form, screen, by_name=by_name)


def write_answers(form: ReviewForm, screen: ScreenForm, *, by_name: str):
    """The same in a turn that is taken already. One query, but for answers that were emptied."""
    screen.is_valid()
    answers = [answer for said in screen.said() if (answer := answer_of(form, *said, by_name))]
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["form", "part", "code"], update_fields=WRITTEN
    )


def answer_of(form, line, value: str, words: str, by_name: str) -> Answer | None:
    """The answer to write, in the wording that was on the screen; None for an old one. An emptied one is taken out."""
    stored = line.answer
    if not value and not words:
        if stored:
            stored.delete()
            line.answer = None
        return None
    if stored and (stored.value, stored.words) == (value, words):
        return None
    line.answer = Answer(
        form=form,
        part=line.part,
        code=line.code,
        screen=line.screen,
        number=line.number,
        wording=line.wording,
        options=[list(option) for option in line.options],
        value=value,
        label=dict(map(tuple, line.options)).get(value, ""),
        words=words,
        by_name=by_name,
    )
    return line.answer
