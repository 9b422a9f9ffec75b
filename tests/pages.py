"""What a page says, or the next one will, read without drawing that one."""

import re

from django.contrib.messages import get_messages


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
