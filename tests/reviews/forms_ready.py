"""Review forms for tests, made by the verbs."""

import time_machine
from django.utils import timezone

from portal.asks.models import Ask
from reviews.forms.asking import ask_for
from reviews.forms.forms import ScreenForm
from reviews.forms.models import Occasion, Part, Remark
from reviews.forms.models.lines import lines_of
from reviews.forms.saving import save_answers
from tests import poured
from tests.conftest import make_cast
from tests.reviews.meetings_ready import agreed_goals

WORDS = {"strengths": "Explains things calmly.", "develop": "Asks too late."}


def asked_form(cast, occasion=Occasion.MIDWAY):
    """Asked of the manager, nothing answered."""
    return ask_for(cast.placement, occasion, by=cast.tutor)


def data_of(lines, points="4"):
    """What a browser sends for lines: the same points everywhere, the first choice, some words."""
    found = {}
    for line in lines:
        first = line.options[0][0] if line.options else WORDS.get(line.code, "Some words.")
        found[line.name] = points if line.part == Part.BEHAVIOUR else "met" if line.part == Part.GOAL else first
    return found


def answered_form(cast, occasion=Occasion.MIDWAY, points="4"):
    """All screens answered in one go, not handed in."""
    form = asked_form(cast, occasion)
    lines = lines_of(form)
    save_answers(form, ScreenForm(lines, data_of(lines, points)), by_name=cast.manager.name)
    return form


def handed_in_form(cast, occasion=Occasion.MIDWAY, points="4"):
    form = answered_form(cast, occasion, points)
    form.hand_in(by=cast.manager)
    return form


@poured.scene
@time_machine.travel("2026-05-12 12:00", tick=False)
def cast_that_answered():
    """The cast, poured, with a midway `form` of which all is answered (see `answered_form`), on 12 May 2026."""
    cast = make_cast()
    cast.form = answered_form(cast)
    return cast


@poured.scene
@time_machine.travel("2026-05-12 12:00", tick=False)
def cast_with_form():
    """The cast, poured, with a midway `form` that was handed in, on 12 May 2026."""
    cast = make_cast()
    cast.form = handed_in_form(cast)
    return cast


@poured.scene
@time_machine.travel("2026-05-12 12:00", tick=False)
def cast_asked_again():
    """The cast, poured, with goals, a midway form with 'needs some help' everywhere, and an open final `form`."""
    cast = make_cast()
    agreed_goals(cast.placement)
    handed_in_form(cast, points="2")
    Ask.objects.update(withdrawn_at=timezone.now())
    cast.form = asked_form(cast, Occasion.FINAL)
    return cast


def remark_of(cast, words="Thank you, I agree."):
    return Remark.objects.create(form=handed_in_form(cast), by=cast.student, words=words)


def line_of(form, code):
    return next(line for line in lines_of(form) if line.code == code)
