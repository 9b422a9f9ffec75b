from django.urls import path

from placements.checklists import views

urlpatterns = [
    path("induction-points/", views.point_list, name="point_list"),
    path("induction-points/add/", views.point_add, name="point_add"),
    path("induction-points/<int:pk>/", views.point_edit, name="point_edit"),
    path("induction-points/<int:pk>/retire/", views.point_retire, name="point_retire"),
    path("induction-points/<int:pk>/restore/", views.point_restore, name="point_restore"),
]
