"""Every address of the portal. Rooms are included by their dotted names, so that the ground floor imports none."""

from django.contrib import admin
from django.urls import include, path

from portal import views
from portal.addresses import tree

urlpatterns = [
    *tree(
        [
            path("", views.home, name="home"),
            path("college/", views.college, name="college"),
            path("", include("portal.people.urls")),
            path("", include("portal.imports.urls")),
            path("", include("portal.asks.urls")),
            path("", include("portal.parcels.urls")),
            path("", include("employers.urls")),
            path("", include("students.urls")),
            path("", include("placements.urls")),
            path("", include("reviews.urls")),
        ]
    ),
    path("accounts/", include("portal.people.account_urls")),
    path("operator/", admin.site.urls),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
