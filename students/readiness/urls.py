from django.urls import path

from students.readiness.views import own, readiness

urlpatterns = [
    path("readiness/", readiness.readiness_list, name="readiness_list"),
    path("readiness/mine/", own.readiness_own, name="readiness_own"),
    path("readiness/rounds/<int:pk>/undo/", readiness.readiness_undo, name="readiness_undo"),
    path("students/<int:pk>/readiness/", readiness.student_readiness, name="student_readiness"),
]
