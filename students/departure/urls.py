from django.urls import path

from students.departure import views

urlpatterns = [
    path("students/<int:pk>/leave/", views.student_leave, name="student_leave"),
    path("students/<int:pk>/return/", views.student_return, name="student_return"),
]
