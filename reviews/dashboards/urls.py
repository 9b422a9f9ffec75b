from django.urls import path

from reviews.dashboards import views

urlpatterns = [
    path("caseload/", views.tutor_home, name="tutor_home"),
    path("students/", views.coordinator_home, name="coordinator_home"),
]
