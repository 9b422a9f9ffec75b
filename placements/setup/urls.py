from django.urls import path

from placements.setup import acts, patterns, views

urlpatterns = [
    path("placements/", views.placement_list, name="placement_list"),
    path("placements/add/", views.placement_add, name="placement_add"),
    path("placements/<int:pk>/", views.placement_detail, name="placement_detail"),
    path("placements/<int:pk>/edit/", views.placement_edit, name="placement_edit"),
    path("placements/<int:pk>/remove/", acts.placement_remove, name="placement_remove"),
    path("placements/<int:pk>/start/", acts.placement_start, name="placement_start"),
    path("placements/<int:pk>/resume/", acts.placement_resume, name="placement_resume"),
    path("placements/<int:pk>/pattern/", patterns.pattern_edit, name="pattern_edit"),
    path("placements/<int:pk>/pattern/remove/", patterns.pattern_remove, name="pattern_remove"),
]
