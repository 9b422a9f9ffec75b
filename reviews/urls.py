from django.urls import include, path

urlpatterns = [
    path("", include("reviews.dashboards.urls")),
    path("", include("reviews.reports.urls")),
    path("", include("reviews.forms.urls")),
    path("", include("reviews.meetings.urls")),
]
