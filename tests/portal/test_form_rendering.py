"""The controls that we write ourselves are those of Django's templates, letter for letter but for white space."""

import re
from itertools import product

import pytest
from django import forms
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template

from portal.form_rendering import Renderer
from portal.templatetags.portal import control

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


@pytest.mark.parametrize("widget", [forms.RadioSelect(choices=CHOICES), forms.CheckboxSelectMultiple(choices=CHOICES)])
def test_so_is_each_choice_of_a_group_without_its_label(widget):
    def choices(renderer):
        for attrs, value in product(ATTRIBUTES, VALUES):
            for data in widget.subwidgets("name", [value], attrs):
                choice = BoundWidget(widget, data, renderer)
                yield from (choice.tag(), str(choice))

    assert [*map(tidy, choices(Renderer()))] == [*map(tidy, choices(TemplatesSetting()))]


def test_a_choice_asks_no_template(monkeypatch):
    monkeypatch.setattr(Renderer, "get_template", None)
    _, second, *_ = forms.RadioSelect(choices=CHOICES).subwidgets("name", "a", {"id": "x"})
    choice = BoundWidget(forms.RadioSelect(), second, Renderer())
    assert choice.tag() == '<input type="radio" name="name" value="a" id="x_1" checked>'


def test_the_choices_of_a_group_on_a_page_carry_their_attributes():
    class Way(forms.Form):
        way = forms.ChoiceField(choices=[("a", "A & B")], widget=forms.RadioSelect({"title": NASTY}), required=False)

    html = Template("{% load crispy_forms_filters %}{{ form.way|as_crispy_field }}").render(Context({"form": Way()}))
    choice = '<input type="radio" class="form-check-input" name="way" value="a" '
    assert f'{choice}title="&quot;&gt;&lt;script&gt;" id="id_way_0">' in html
    assert '<label class="form-check-label" for="id_way_0">A &amp; B</label>' in html


def tidy(html: str) -> str:
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html)).strip()


class Person(forms.Form):
    name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))
    town = forms.CharField(required=False)


def test_a_control_has_the_classes_of_its_widget_and_its_kind_and_a_wrong_one_says_so():
    person = Person({"name": "", "town": "Leeds"})
    town = '<input type="text" name="town" value="Leeds" class="textinput form-control" id="id_town">'
    assert tidy(control(person["town"], "form-control")) == town
    assert 'class="wide textinput form-control is-invalid"' in control(person["name"], "form-control")
    assert 'class="wide textinput form-control"' in control(Person()["name"], "form-control")
