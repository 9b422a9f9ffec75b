"""The portal's addresses, and a bare page: Django itself for a signed-in person, behind the same middleware."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401

PAGE = engines["django"].from_string(
    '<!doctype html><html lang="en"><title>Bare</title><h1>Bare</h1><p>Signed in as {{ request.user.name }}.</p></html>'
)


def bare(request):
    """Who is signed in, and nothing else."""
    return HttpResponse(PAGE.render({}, request))


urlpatterns = [path("bare/", bare, name="bare"), path("", include("portal.urls"))]
