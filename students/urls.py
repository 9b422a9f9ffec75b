from django.urls import include, path

from students import views
from students.tlevels import views as tlevels

urlpatterns = [
    path("students/add/", views.student_add, name="student_add"),
    path("students/<int:pk>/", views.student_detail, name="student_detail"),
    path("students/<int:pk>/edit/", views.student_edit, name="student_edit"),
    path("students/<int:pk>/move/", views.student_move, name="student_move"),
    path("students/<int:pk>/remove/", views.student_remove, name="student_remove"),
    path("tlevels/", tlevels.tlevel_list, name="tlevel_list"),
    path("rules/", tlevels.rules, name="rules"),
    path("", include("students.contacts.urls")),
    path("", include("students.selfassessment.urls")),
    path("", include("students.actions.urls")),
    path("", include("students.readiness.urls")),
    path("", include("students.resources.urls")),
    path("", include("students.papers.urls")),
    path("", include("students.interviews.urls")),
    path("", include("students.support.urls")),
    path("", include("students.departure.urls")),
]
