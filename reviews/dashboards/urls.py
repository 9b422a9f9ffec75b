from django.urls import path

from reviews.dashboards.views import homes, managing, moves

urlpatterns = [
    path("caseload/", homes.tutor_home, name="tutor_home"),
    path("my-students/", managing.managed_list, name="managed_list"),
    path("needs/", homes.need_list, name="need_list"),
    path("students/moves/", moves.student_moves, name="student_moves"),
    path("students/", homes.coordinator_home, name="coordinator_home"),
]
