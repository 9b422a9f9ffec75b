from django.urls import include, path

urlpatterns = [
    path("", include("placements.setup.urls")),
    path("", include("placements.today.urls")),
    path("", include("placements.timesheets.urls")),
    path("", include("placements.absences.urls")),
    path("", include("placements.approvals.urls")),
    path("", include("placements.hours.urls")),
]
