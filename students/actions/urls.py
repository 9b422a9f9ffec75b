from django.urls import path

from students.actions import views

urlpatterns = [
    path("actions/", views.action_list, name="action_list"),
    path("actions/plan.pdf", views.action_list_pdf, name="action_list_pdf"),
    path("actions/add/", views.action_add, name="action_add"),
    path("actions/<int:pk>/", views.action_detail, name="action_detail"),
    path("actions/<int:pk>/edit/", views.action_edit, name="action_edit"),
    path("actions/<int:pk>/done/", views.action_done, name="action_done"),
    path("actions/<int:pk>/remove/", views.action_remove, name="action_remove"),
    path("students/<int:pk>/actions/", views.student_actions, name="student_actions"),
]
