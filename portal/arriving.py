"""The browser is told which press of a form arrived: until then it keeps the words in its tab (static/js/shelf.js).

A script numbers each press of a form with words. No script sees why a page did not come, or whether the next one is the
answer; so the answer brings that number back. What was stored leads on to another page: a cookie has the number, also
where that page is lost on the way. Where the answer is a page itself, it may give back in a form what was sent: that
has arrived with the whole page only, so the number stands at its end. The cookie is one for all tabs, so it has the
last few numbers.
"""

from django.conf import settings
from django.utils.html import format_html

PRESS = "press"  # the field that numbers a press; it is for nobody else
ARRIVED = "arrived"  # the cookie that brings the numbers back
AT_MOST = 5  # of them: each tab reads it when its next page comes, and others may press before
BETWEEN = "."
LONGEST = 16  # digits
ANSWERS = (200, 409, 422)  # of pages
SIGNS_OUT = "account_logout"


class ArrivedMiddleware:
    """Says so wherever a view took what was sent, or gave it back in a form.

    Comes after all that turn away, so that what they do has not arrived. Nor has what a view refuses: the one that
    gives its words back (`portal.refusing`) says so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "was_taken", False):
            say_so(response, request.POST.get(PRESS, ""), known=request.COOKIES.get(ARRIVED, ""))
            if request.resolver_match.url_name == SIGNS_OUT:
                response.delete_cookie(ARRIVED, samesite="Strict")
        return response

    def process_view(self, request, view, args, kwargs):
        request.was_taken = request.method == "POST"

    def process_exception(self, request, exception):
        request.was_taken = False


def is_number(press: str) -> bool:
    return press.isascii() and press.isdigit() and len(press) <= LONGEST


def say_so(response, press: str, *, known: str):
    """Bring the number of a press back with the answer to it, in the cookie after those that are `known` to have
    arrived before; what is no number is not repeated."""
    if not is_number(press):
        return
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    page, end, rest = (response.content if is_html else b"").rpartition(b"</body>")
    if end and response.status_code in ANSWERS:
        response.content = page + format_html('<p data-arrived="{}" hidden></p>', press).encode() + end + rest
    elif response.status_code < 400:
        before = [one for one in known.split(BETWEEN) if is_number(one) and one != press]
        presses = BETWEEN.join([*before[1 - AT_MOST :], press])
        response.set_cookie(ARRIVED, presses, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict")
