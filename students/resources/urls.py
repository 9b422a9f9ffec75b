from django.urls import path

from students.resources import views

urlpatterns = [
    path("resources/", views.resource_list, name="resource_list"),
    path("resources/keep/", views.resource_keep, name="resource_keep"),
    path("resources/add/", views.resource_add, name="resource_add"),
    path("resources/<int:pk>/edit/", views.resource_edit, name="resource_edit"),
    path("resources/<int:pk>/move/<slug:way>/", views.resource_move, name="resource_move"),
    path("resources/<int:pk>/hide/", views.resource_hide, name="resource_hide"),
    path("resources/<int:pk>/remove/", views.resource_remove, name="resource_remove"),
    path("resources/<int:pk>/restore/", views.resource_restore, name="resource_restore"),
]
