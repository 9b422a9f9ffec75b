from django.urls import path

from placements.behaviours import views

urlpatterns = [
    path("behaviours/", views.behaviour_list, name="behaviour_list"),
    path("behaviours/begin/", views.behaviour_begin, name="behaviour_begin"),
    path("behaviours/<int:pk>/", views.behaviour_detail, name="behaviour_detail"),
    path("behaviours/<int:pk>/group/<int:number>/", views.behaviour_edit, name="behaviour_edit"),
    path("behaviours/<int:pk>/finish/", views.behaviour_finish, name="behaviour_finish"),
    path("behaviours/<int:pk>/hand-in/", views.behaviour_hand_in, name="behaviour_hand_in"),
    path("behaviours/<int:pk>/take-back/", views.behaviour_take_back, name="behaviour_take_back"),
    path("behaviours/<int:pk>/reopen/", views.behaviour_reopen, name="behaviour_reopen"),
    path("behaviours/<int:pk>/remove/", views.behaviour_remove, name="behaviour_remove"),
    path("students/<int:pk>/behaviours/own/", views.student_behaviours, name="student_behaviours"),
]
