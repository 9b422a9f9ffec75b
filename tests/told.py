"""What a press of a button is answered with, read without drawing the page that it leads to."""

from django.contrib.messages import get_messages


def told(response) -> str:
    """The newest message that the next page will show; '' for none."""
    return " ".join(str(message) for message in list(get_messages(response.wsgi_request))[-1:])
