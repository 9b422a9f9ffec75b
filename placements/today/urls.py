from django.urls import path

from placements.today import views

urlpatterns = [
    path("home/", views.student_home, name="student_home"),
    path("next/", views.student_next, name="student_next"),
    path("folder/", views.student_folder, name="student_folder"),
]
