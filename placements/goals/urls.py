from django.urls import path

from placements.goals import library, views

urlpatterns = [
    path("placements/<int:pk>/goals/", views.goal_list, name="goal_list"),
    path("placements/<int:pk>/goals/edit/", views.goal_edit, name="goal_edit"),
    path("placements/<int:pk>/goals/choose/", library.goal_choose, name="goal_choose"),
    path("placements/<int:pk>/goals/send/", views.goal_send, name="goal_send"),
    path("placements/<int:pk>/goals/take-back/", views.goal_take_back, name="goal_take_back"),
    path("placements/<int:pk>/goals/agreed/", views.goal_agreed, name="goal_agreed"),
    path("goal-library/", library.library_goal_list, name="library_goal_list"),
    path("goal-library/add/", library.library_goal_add, name="library_goal_add"),
    path("goal-library/<int:pk>/edit/", library.library_goal_edit, name="library_goal_edit"),
    path("goal-library/<int:pk>/remove/", library.library_goal_remove, name="library_goal_remove"),
]
