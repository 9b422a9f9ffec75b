"""The addresses of development mode: everybody's, and the gallery of components."""

from django.urls import include, path

from portal import gallery
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401

urlpatterns = [path("components/", gallery.components, name="components"), path("", include("portal.urls"))]
