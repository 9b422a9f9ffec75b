"""What is wrong with a form: in plain words, and as sentences with links to the fields (for the error summary)."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

PLAIN_WORDS = {
    forms.Field: {"required": "This is missing."},
    forms.CharField: {
        "max_length": "Make this shorter: at most %(limit_value)d characters, it has %(show_value)d now."
    },
    forms.EmailField: {"invalid": "This is not an e-mail address. It looks like name@example.org."},
    forms.IntegerField: {
        "invalid": "Enter a whole number, such as 30.",
        "min_value": "Enter %(limit_value)s or more, not %(show_value)s.",
        "max_value": "Enter at most %(limit_value)s, not %(show_value)s.",
    },
    forms.DateField: {"invalid": "There is no such date. Write it like 02/03/2026 or 2 March 2026."},
    forms.TimeField: {"invalid": "There is no such time. Write it like 08:30."},
    forms.ChoiceField: {"invalid_choice": "Choose one of those in the list."},
    forms.MultipleChoiceField: {"invalid_choice": "Choose only from those in the list."},
    forms.ModelChoiceField: {"invalid_choice": "Choose one of those in the list."},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": "Choose only from those in the list.",
        "invalid_pk_value": "Choose only from those in the list.",
    },
    forms.FileField: {"required": "Choose a file.", "empty": "This file is empty."},
}


def speak_plainly():
    """Give Django's form fields our words, for every form that does not bring its own. Called once, at the start."""
    for field, words in PLAIN_WORDS.items():
        field.default_error_messages = field.default_error_messages | words


def problems_of(form) -> list[dict]:
    """`{"words", "href"}` for each error of a form or a formset, in the order of the page; [] if unbound or valid."""
    if not form.is_bound:
        return []
    if not hasattr(form, "forms"):
        return problems_of_form(form)
    problems = [{"words": error, "href": ""} for error in form.non_form_errors()]
    for number, row in enumerate(form.forms, start=1):
        if row.errors and not (form.can_delete and form._should_delete_form(row)):
            problems += problems_of_form(row, getattr(row, "summary_label", f"Row {number}"))
    return problems


def problems_of_form(form, called: str = "") -> list[dict]:
    """Errors of the form as a whole first, then field by field. `called` goes before each: 'Row 2, start: ...'.

    A field whose label is a long sentence may have a short name for it, `summary_label`.
    """
    problems = []
    for error in form.errors.get(NON_FIELD_ERRORS, []):
        problems.append({"words": f"{called}: {error}" if called else error, "href": ""})
    for bound in form:
        label = getattr(bound.field, "summary_label", bound.label).rstrip("?:.")
        label = f"{called}, {label[:1].lower()}{label[1:]}" if called else label
        for error in form.errors.get(bound.name, []):
            problems.append({"words": f"{label}: {error}", "href": "" if bound.is_hidden else f"#{target_of(bound)}"})
    return problems


def target_of(bound) -> str:
    """The id of the control to go to; the first one of a group of radio buttons or checkboxes."""
    return bound.id_for_label or f"{bound.auto_id}_0"
