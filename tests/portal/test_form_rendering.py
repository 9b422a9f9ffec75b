"""The controls that we write ourselves are those of Django's templates, letter for letter but for white space."""

import re
from itertools import product

from django import forms
from django.forms.renderers import TemplatesSetting

from portal.form_rendering import Renderer

CHOICES = [("", "None"), ("a", "A & B"), ("Group", [("b", "<b>"), (3, "Three")])]
NASTY = '"><script>'


WIDGETS = [
    forms.TextInput(),
    forms.EmailInput(),
    forms.NumberInput(),
    forms.HiddenInput(),
    forms.PasswordInput(render_value=True),
    forms.URLInput(),
    forms.DateInput(attrs={"type": "date"}),
    forms.TimeInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.NullBooleanSelect(),
    forms.RadioSelect(choices=CHOICES),
    forms.ClearableFileInput(),
]
ATTRIBUTES = [{"id": "x"}, {"id": "x", "required": True, "hidden": False, "title": NASTY}]
VALUES = (None, "", "a", 3, NASTY, True, False)


def test_controls_are_those_of_django():
    for widget, attrs, value in product(WIDGETS, ATTRIBUTES, VALUES):
        ours, theirs = (widget.render("name", value, attrs, renderer()) for renderer in (Renderer, TemplatesSetting))
        assert tidy(ours) == tidy(theirs)


def tidy(html: str) -> str:
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html)).strip()
