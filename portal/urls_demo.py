"""The addresses of demo mode: everybody's, and the demo's sign-in buttons and outbox."""

from django.urls import include, path

from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401

urlpatterns = [path("demo/", include("portal.demo.urls")), path("", include("portal.urls"))]
