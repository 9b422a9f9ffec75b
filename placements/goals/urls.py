from django.urls import path

from placements.goals.views import goals, library

urlpatterns = [
    path("placements/<int:pk>/goals/", goals.goal_list, name="goal_list"),
    path("placements/<int:pk>/goals/edit/", goals.goal_edit, name="goal_edit"),
    path("placements/<int:pk>/goals/choose/", library.goal_choose, name="goal_choose"),
    path("placements/<int:pk>/goals/send/", goals.goal_send, name="goal_send"),
    path("placements/<int:pk>/goals/take-back/", goals.goal_take_back, name="goal_take_back"),
    path("placements/<int:pk>/goals/agreed/", goals.goal_agreed, name="goal_agreed"),
    path("goal-library/", library.library_goal_list, name="library_goal_list"),
    path("goal-library/add/", library.library_goal_add, name="library_goal_add"),
    path("goal-library/<int:pk>/edit/", library.library_goal_edit, name="library_goal_edit"),
    path("goal-library/<int:pk>/remove/", library.library_goal_remove, name="library_goal_remove"),
]
