"""What rules refuse is told in plain words, also where a page did not expect it: 409, never 500."""

from portal.views import error_page
from portal.workflow import Refused, SomebodyWasQuicker


class RefusingMiddleware:
    """Turns a `Refused` or `SomebodyWasQuicker` that no view has caught into a page with its sentences."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused | SomebodyWasQuicker):
            return error_page(request, 409, "That cannot be done now", f"{exception} Nothing was stored.")
        return None
