from django.urls import include, path

urlpatterns = [
    path("", include("reviews.dashboards.urls")),
    path("", include("reviews.reports.urls")),
    path("", include("reviews.forms.urls")),
    path("", include("reviews.meetings.urls")),
    path("", include("reviews.signoff.urls")),
    path("", include("reviews.certificates.urls")),
    path("", include("reviews.returns.urls")),
    path("", include("reviews.cohort.urls")),
    path("", include("reviews.timeline.urls")),
    path("", include("reviews.portfolio.urls")),
]
