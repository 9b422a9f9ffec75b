from django.urls import path

from reviews.timeline import views

urlpatterns = [
    path("timeline/", views.timeline_own, name="timeline_own"),
    path("students/<int:pk>/timeline/", views.student_timeline, name="student_timeline"),
]
