"""Form controls written in Python: a week has seventy of them, and templates took half the time of the page.

What comes out is what Django's own templates say (tests/portal/test_form_rendering.py compares them).
"""

from html import escape

from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString

INPUTS = {
    f"django/forms/widgets/{name}.html"
    for name in ("input", "text", "number", "email", "url", "password", "hidden", "date", "time", "checkbox")
}
OPTIONS = {"django/forms/widgets/radio_option.html", "django/forms/widgets/checkbox_option.html"}
SELECT = "django/forms/widgets/select.html"
TEXTAREA = "django/forms/widgets/textarea.html"


class Renderer(TemplatesSetting):
    """Writes the plain controls itself and leaves all others to the templates."""

    def render(self, template_name, context, request=None):
        if template_name in INPUTS or (template_name in OPTIONS and not context["widget"]["wrap_label"]):
            return an_input(context["widget"])
        if template_name == SELECT:
            return a_select(context["widget"])
        if template_name == TEXTAREA:
            return a_textarea(context["widget"])
        return super().render(template_name, context, request)


def escaped(value) -> str:
    """As Django's `conditional_escape`, which takes five times as long: a week escapes a thousand values."""
    if isinstance(value, Promise):
        value = str(value)
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def attributes(attrs: dict) -> SafeString:
    """' name="value"' for each; True stands for the name alone, False for nothing."""
    return SafeString(  # names are ours, values are escaped
        "".join(
            f" {name}" if value is True else f' {name}="{escaped(value)}"'
            for name, value in attrs.items()
            if value is not False and value is not None
        )
    )


def an_input(widget: dict) -> SafeString:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    named = f'type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"'
    return SafeString(f"<input {named}{value}{attributes(widget['attrs'])}>")


def a_textarea(widget: dict) -> SafeString:
    named = f'name="{escaped(widget["name"])}"{attributes(widget["attrs"])}'
    return SafeString(f"<textarea {named}>\n{escaped(widget['value'] or '')}</textarea>")


def a_select(widget: dict) -> SafeString:
    parts = []
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts += [an_option(option["value"], option["label"], attributes(option["attrs"])) for option in options]
        if group:
            parts.append("</optgroup>")
    named = f'name="{escaped(widget["name"])}"{attributes(widget["attrs"])}'
    return SafeString(f"<select {named}>{''.join(parts)}</select>")


def an_option(value, label, attrs: str = "") -> str:
    """An option of a select; `attrs` as they are written, with a blank before each."""
    return f'<option value="{escaped(value)}"{attrs}>{escaped(label)}</option>'
