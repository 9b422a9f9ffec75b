"""Everybody's way in, and the error pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.access import role_required
from portal.arriving import PRESS
from portal.navigation import COLLEGE
from portal.people.models import Role

HOMES = {
    Role.STUDENT: "student_home",
    Role.MANAGER: "manager_home",
    Role.TUTOR: "tutor_home",
    Role.COORDINATOR: "coordinator_home",
}


def home(request):
    """Send everybody to the home of their desk."""
    if request.desk:
        return redirect(HOMES[request.desk.role])
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "portal/no_desk.html")


@role_required(Role.COORDINATOR)
def college(request):
    """The way to everything that the placement office settles once for all."""
    return render(request, "people/college.html", {"groups": COLLEGE.items()})


def came_from(request) -> str:
    """The page of this portal that the person came from; '' where the browser does not say, or it is another site."""
    referrer = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure())
    return referrer if is_ours else ""


def error_page(request, status: int, title: str, words: str, back: str = "", site: str = "", on: str = "", written=()):
    """One page for all that goes wrong, in plain words. `back`: the page that the person came from, `on`: where a view
    leads them; `site`: where the portal is, for whoever is not there. `written`: what they wrote, to copy."""
    context = {"title": title, "words": words, "back": back, "on": on, "site": site, "written": written}
    return render(request, "portal/error.html", context, status=status)


@login_not_required
def bad_request(request, exception=None):
    if isinstance(exception, DisallowedHost):
        words = f"The portal answers at {settings.BASE_URL} only. Go on there."
        return error_page(request, 400, "This is not the portal's address", words, site=settings.BASE_URL)
    return error_page(
        request, 400, "That did not arrive in one piece", "Go back, check what you entered and send it again."
    )


@login_not_required
def forbidden(request, exception=None, written=()):
    return error_page(
        request,
        403,
        "That is not yours to do",
        "You are signed in, but this belongs to somebody else's role. If you think it should be yours, ask your "
        "provider's placement office.",
        written=written,
    )


@login_not_required
def csrf_failure(request, reason=""):
    """A page that can no longer be sent; where its words are kept (`portal.posted.keeps_late_words`), on with them."""
    called = request.resolver_match
    keep = getattr(called and called.func, "keep_late_words", None)
    if keep and (answer := keep(request, *called.args, **called.kwargs)):
        return answer
    once_more = "load the page again and send it once more"
    if PRESS in request.POST:  # a script keeps the words of the presses that it numbers
        once_more = "the page offers what you wrote, which this browser tab has kept. Put it back and send it once more"
    return error_page(
        request,
        403,
        "This page was open for too long",
        f"For your safety it can no longer be sent. Go back: {once_more}. Does this come again? Then your browser has "
        "to be allowed to keep cookies of the portal.",
        back=came_from(request),
    )


@login_not_required
def not_found(request, exception=None):
    return error_page(
        request,
        404,
        "There is nothing here",
        "The address may be mistyped, or what it pointed to is not yours to see.",
    )


def not_allowed(request, back: str = ""):
    """An address that takes what a page sends, opened by hand or called up again after signing in."""
    return error_page(
        request,
        405,
        "There is no page at this address",
        "It only takes what is sent to it from another page. Nothing was changed. Go back to that page, or start from "
        "your home page.",
        back=back,
    )


@login_not_required
def server_error(request):
    return error_page(
        request, 500, "Something went wrong on our side", "It was written to the log. Try again in a few minutes."
    )
