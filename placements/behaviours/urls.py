from django.urls import path

from placements.behaviours import views

urlpatterns = [
    path("behaviours/", views.behaviour_list, name="behaviour_list"),
    path("behaviours/begin/", views.behaviour_begin, name="behaviour_begin"),
    path("behaviours/<int:pk>/", views.behaviour_detail, name="behaviour_detail"),
    path("behaviours/<int:pk>/group/<int:number>/", views.behaviour_edit, name="behaviour_edit"),
    path("behaviours/<int:pk>/remove/", views.behaviour_remove, name="behaviour_remove"),
    path("behaviours/<int:pk>/<slug:verb>/", views.behaviour_act, name="behaviour_act"),
    path("students/<int:pk>/behaviours/own/", views.student_behaviours, name="student_behaviours"),
]
