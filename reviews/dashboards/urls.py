from django.urls import path

from reviews.dashboards import managing, moves, views

urlpatterns = [
    path("caseload/", views.tutor_home, name="tutor_home"),
    path("my-students/", managing.managed_list, name="managed_list"),
    path("needs/", views.need_list, name="need_list"),
    path("students/moves/", moves.student_moves, name="student_moves"),
    path("students/", views.coordinator_home, name="coordinator_home"),
]
