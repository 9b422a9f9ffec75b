"""Form controls written in Python: a week has seventy of them, and templates took half the time of the page.

What comes out is what Django's own templates say (tests/portal/test_form_rendering.py compares them).
"""

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

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


def attributes(attrs: dict) -> SafeString:
    """' name="value"' for each; True stands for the name alone, False for nothing."""
    return mark_safe(  # noqa: S308 - names are ours, values are escaped
        "".join(
            f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
            for name, value in attrs.items()
            if value is not False and value is not None
        )
    )


def an_input(widget: dict) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes(widget["attrs"])
    )


def a_textarea(widget: dict) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget["attrs"]), widget["value"] or ""
    )


def a_select(widget: dict) -> SafeString:
    parts = []
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(format_html('<optgroup label="{}">', group))
        parts += [an_option(option) for option in options]
        if group:
            parts.append("</optgroup>")
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        attributes(widget["attrs"]),
        mark_safe("".join(parts)),  # noqa: S308 - made of escaped parts
    )


def an_option(option: dict) -> SafeString:
    return format_html(
        '<option value="{}"{}>{}</option>', option["value"], attributes(option["attrs"]), option["label"]
    )
