from django.urls import path

from students.readiness import own, views

urlpatterns = [
    path("readiness/", views.readiness_list, name="readiness_list"),
    path("readiness/mine/", own.readiness_own, name="readiness_own"),
    path("readiness/rounds/<int:pk>/undo/", views.readiness_undo, name="readiness_undo"),
    path("students/<int:pk>/readiness/", views.student_readiness, name="student_readiness"),
]
