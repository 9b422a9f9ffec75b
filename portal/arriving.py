"""The browser is told which press of a form arrived: until then it keeps the words in its tab (static/js/portal.js).

A script numbers each press of a form with words. No script sees why a page did not come, or whether the next one is the
answer; so the answer brings that number back in a cookie, also where the page behind it is lost on the way.
"""

from django.conf import settings

PRESS = "press"  # the field that numbers a press; it is for nobody else
ARRIVED = "arrived"  # the cookie that brings the number back
LONGEST = 16  # digits


class ArrivedMiddleware:
    """Says so wherever a view took what was sent, or gave it back in a form.

    Comes after all that turn away, so that what they do has not arrived. Nor has what a view refuses: the one that
    gives its words back (`portal.refusing`) says so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "was_taken", False) and (response.status_code < 400 or response.status_code in (409, 422)):
            press = request.POST.get(PRESS, "")
            if press.isascii() and press.isdigit() and len(press) <= LONGEST:
                response.set_cookie(ARRIVED, press, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict")
        return response

    def process_view(self, request, view, args, kwargs):
        request.was_taken = request.method == "POST"

    def process_exception(self, request, exception):
        request.was_taken = False
