"""A form is stored at the desk that its page was shown for, whatever another tab has switched to meanwhile.

Whoever has several desks sends along with each form which one it was: {% csrf_token %} writes it beside Django's token.
"""

from functools import wraps

from django.contrib import messages
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from portal.access import DESK_KEY
from portal.posted import is_quiet, words_in
from portal.refusing import TITLE, refused_quietly
from portal.views import came_from, error_page

SHOWN_AT = "shown_at"
SWITCHES = "desk_switch"
GONE = "That page was opened at a desk that is not yours any more. Nothing was stored."


class TokenNode(CsrfTokenNode):
    """Django's token, and the desk of the page for somebody who has others: nobody else's pages get heavier."""

    def render(self, context):
        token, desk = super().render(context), getattr(context.get("desk"), "pk", None)
        if desk and len(context["user"].desks) > 1:
            token += format_html('<input type="hidden" name="{}" value="{}">', SHOWN_AT, desk)
        return token


def sit_down(request, view):
    """Take the desk that the page was shown for, and stay there; the answer where that cannot be.

    No view sees the field. Pages that are open to everybody belong to no desk. A page that saves itself moves nobody:
    it may stand in a tab that nobody looks at.
    """
    if request.method != "POST" or SHOWN_AT not in request.POST:
        return None
    request.POST = request.POST.copy()
    shown_at = request.POST.pop(SHOWN_AT)[-1]
    if not getattr(view, "login_required", True) or request.resolver_match.url_name == SWITCHES:
        return None
    desk = next((desk for desk in request.user.desks if str(desk.pk) == shown_at), None)
    if desk is None:
        request.was_taken = False
        if is_quiet(request):
            return refused_quietly(GONE)
        return error_page(request, 409, TITLE, GONE, written=words_in(request.POST), back=came_from(request))
    if desk.pk != request.desk.pk:
        request.desk = desk
        if is_quiet(request):
            return None
        request.session[DESK_KEY] = desk.pk
        role = desk.get_role_display().lower()
        messages.info(request, f"That page was opened as {role} at {desk.provider.name}: you are back at that desk.")
    return None


def at_shown_desk(view):
    """Mark a view so by hand, where it decides how a file is read before anybody else looks at what was sent."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return sit_down(request, view) or view(request, *args, **kwargs)

    return wrapper


class ShownDeskMiddleware:
    """All other views, after the token was looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return None if getattr(view, "csrf_exempt", False) else sit_down(request, view)
