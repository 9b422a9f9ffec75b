"""What a page says, for tests to read."""

from django.contrib.messages import get_messages


def said(response) -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def text_of(response) -> str:
    """The words of a page, with all white space made one."""
    return " ".join(response.content.decode().split())
