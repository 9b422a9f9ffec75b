"""What rules refuse is told in plain words, also where a page did not expect it: 409, never 500; and 405 has a page."""

from urllib.parse import urlsplit

from django.shortcuts import redirect
from django.urls import is_valid_path, reverse

from portal.views import came_from, error_page, not_allowed
from portal.workflow import Refused, SomebodyWasQuicker


class RefusingMiddleware:
    """Turns a `Refused` or `SomebodyWasQuicker` that no view has caught into a page with its sentences.

    The empty answer to a GET of an address that only takes a POST gets a page as well; its status and headers stay.
    Whoever signs in again is led there by an error page that had stood at it: they go on to the page above it instead.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            back = came_from(request)
            if urlsplit(back).path == reverse("account_login"):
                return redirect(page_above(request.path))
            response.content = not_allowed(request, back=back).content
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Refused | SomebodyWasQuicker):
            words = f"{exception} Nothing was stored."
            return error_page(request, 409, "That cannot be done now", words, back=came_from(request))
        return None


def page_above(path: str) -> str:
    """The nearest address above `path` that leads anywhere: acts stand below the page of their thing. Else the home."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return reverse("home")
