"""What a page says, or the next one will, read without drawing that one."""

import re
from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages
from django.template.base import Template
from django.test.signals import template_rendered


def said(response) -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def given_back(response) -> list[str]:
    """What a page that refused gives back of what was written; [] where it gives nothing back."""
    return list(response.context["written"]) if response.status_code in (403, 404, 409) else []


def hidden_in(response) -> dict[str, str]:
    """What a page to write on sends along of itself: its hidden fields, each by its name."""
    return dict(re.findall(r'<input type="hidden" name="(keep|key|seen|page)" value="([^"]*)"', response.text))


def told(response) -> str:
    """The newest message that the next page will show; '' for none."""
    return next(reversed(said(response)), "")


def text_of(response) -> str:
    """The words of a page, with all white space made one."""
    return " ".join(response.content.decode().split())


@contextmanager
def undrawn():
    """Pages come back empty, with what they would be drawn from in `context`: where a test looks at nothing else."""

    def told(page, context) -> str:
        template_rendered.send(page, template=page, context=context)
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", told)
        yield
