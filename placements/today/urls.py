from django.urls import path

from placements.today import views

urlpatterns = [
    path("home/", views.student_home, name="student_home"),
    path("home/entries/<int:pk>/take-out/", views.today_take_out, name="today_take_out"),
    path("next/", views.student_next, name="student_next"),
    path("folder/", views.student_folder, name="student_folder"),
]
