from django.urls import include, path

urlpatterns = [
    path("", include("placements.setup.urls")),
    path("", include("placements.today.urls")),
    path("", include("placements.timesheets.urls")),
    path("", include("placements.absences.urls")),
    path("", include("placements.approvals.urls")),
    path("", include("placements.hours.urls")),
    path("", include("placements.finding.urls")),
    path("", include("placements.goals.urls")),
    path("", include("placements.agreements.urls")),
    path("", include("placements.checklists.urls")),
    path("", include("placements.arrangements.urls")),
    path("", include("placements.induction.urls")),
    path("", include("placements.logbook.urls")),
    path("", include("placements.concerns.urls")),
    path("", include("placements.ending.urls")),
    path("", include("placements.behaviours.urls")),
]
