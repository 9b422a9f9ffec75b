"""Who may open what: the desk in use, and the gates that views stand behind.

Three gates, in this order. *Door*: SignInFirstMiddleware; a public view carries `login_not_required`. *Rows*: a view
starts from `Model.objects.visible_to(request.user)`, so that a stranger gets 404. *Acts*: `role_required` or the moves
of a model (portal.workflow), else 403.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache

DESK_KEY = "desk"


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Django's door, but whoever sent a form is led back to the page that it stood on: acts have none of their own."""

    def handle_no_permission(self, request, view_func):
        came_from, ours = request.headers.get("Referer", ""), request.build_absolute_uri("/")
        there = f"/{came_from.removeprefix(ours)}"
        if request.method in ("GET", "HEAD") or not came_from.startswith(ours) or there.startswith("//"):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(there, self.get_login_url(view_func), self.get_redirect_field_name(view_func))


def desk_of(request):
    """The membership that the person works in now, or None (an operator, nobody). Chosen ones stay for the session."""
    if not request.user.is_authenticated or not request.user.desks:
        return None
    chosen = request.session.get(DESK_KEY)
    return next((desk for desk in request.user.desks if desk.pk == chosen), request.user.desks[0])


class DeskMiddleware:
    """Sets `request.desk`, lazily."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.desk = SimpleLazyObject(lambda: desk_of(request))
        return self.get_response(request)


class NeverCacheMiddleware:
    """Pages of signed-in people are not kept by browsers on shared computers (the back button after signing out)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class PermissionsPolicyMiddleware:
    """No page of the portal needs what a device can do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response


def desk_context(request):
    """For templates: `desk` and `role` in use, `demo` mode. All lazy, so that an error page needs no database."""
    desk = getattr(request, "desk", None)
    role = SimpleLazyObject(lambda: desk.role if desk else "")
    return {"desk": desk, "role": role, "demo": settings.DEMO}


def role_required(*roles):
    """Let in whoever's desk in use has one of `roles`; everybody else gets 403.

    A person with a second desk that fits is moved to it, so that a link in a mail opens whatever desk they left open.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if not request.desk or request.desk.role not in roles:
                fitting = next((desk for desk in getattr(request.user, "desks", []) if desk.role in roles), None)
                if fitting is None:
                    raise PermissionDenied
                request.desk = fitting
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def private(view):
    """A page with a secret in its address: no sign-in, kept by nobody, named to no other site, not indexed."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper
