"""What rules refuse is told in plain words, also where a page did not expect it: 409, never 500; and 405 has a page.

Nobody loses what they wrote with it: a page that was refused gives it back.
"""

from urllib.parse import urlsplit

from django.contrib.messages import SUCCESS, WARNING, get_messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import is_valid_path, reverse

from portal.posted import is_quiet, words_in
from portal.views import came_from, error_page, forbidden, not_allowed
from portal.workflow import Refused, SomebodyWasQuicker

TITLE = "That cannot be done now"
GONE = "What it was for has changed since you opened the page, or is no longer yours. Nothing was stored."


class RefusingMiddleware:
    """Turns a `Refused` or `SomebodyWasQuicker` that no view has caught into a page with its sentences.

    What was settled, or handed to somebody else, while a person wrote is a 404 or 403 for them. It stays one, gives
    their words back, and knows that nobody mistyped an address.

    The empty answer to a GET of an address that only takes a POST gets a page as well; its status and headers stay.
    Whoever signs in again is led there by an error page that had stood at it: they go on to the page above it instead.

    A view may also refuse with a warning on the page that it leads to. Where words were sent, a page with both stands
    before that one (`is_refusal`). Comes last, and says that the press was not taken: `portal.arriving` goes by it.

    A page that saves itself gets the sentences alone, whichever way it was refused: nobody pressed anything, so that
    nothing is to be told on a later page.
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
        if not is_refusal(request, response):
            return response
        if is_quiet(request):
            return refused_quietly(told_now(request))
        if written := words_in(request.POST):
            request.was_taken = False
            words = " ".join(str(message) for message in get_messages(request))
            page = error_page(request, 409, TITLE, words, written=written, on=response["Location"])
            response.content, response.status_code = page.content, page.status_code
            del response["Location"]
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Refused | SomebodyWasQuicker):
            request.was_taken = False
            if is_quiet(request):
                return refused_quietly(f"Not saved: {exception}")
            words, written = f"{exception} Nothing was stored.", words_in(request.POST)
            return error_page(request, 409, TITLE, words, written=written, back=came_from(request))
        if request.method != "POST" or is_quiet(request):
            return None
        if isinstance(exception, Http404):
            request.was_taken = False
            return error_page(request, 404, TITLE, GONE, written=words_in(request.POST), on=page_above(request.path))
        if isinstance(exception, PermissionDenied):
            request.was_taken = False
            return forbidden(request, written=words_in(request.POST))
        return None


def refused_quietly(says: str) -> JsonResponse:
    """What the script of a page hears that saves itself (static/js/draft.js): it says so, and saves no more."""
    return JsonResponse({"says": says}, status=409)


def told_now(request) -> str:
    """The messages of this request, taken away from the next page; what waited for that stays."""
    waiting = get_messages(request)
    told, waiting._queued_messages = waiting._queued_messages, []
    return " ".join(str(message) for message in told)


def is_refusal(request, response) -> bool:
    """Whether a view took what was sent, and leads on with a warning and without success.

    A view that stored anything says so in a message of success, and may warn beside it.
    """
    if not getattr(request, "was_taken", False) or not 300 <= response.status_code < 400:
        return False
    said = {message.level for message in get_messages(request)._queued_messages}  # what waited is of another press
    return SUCCESS not in said and max(said, default=0) >= WARNING


def page_above(path: str) -> str:
    """The nearest address above `path` that leads anywhere: acts stand below the page of their thing. Else the home."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return reverse("home")
