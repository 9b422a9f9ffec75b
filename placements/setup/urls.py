from django.urls import path

from placements.setup.views import acts, adjusting, changes, patterns, placements
from placements.setup.views import path as guided

urlpatterns = [
    path("placements/", placements.placement_list, name="placement_list"),
    path("placements/add/", placements.placement_add, name="placement_add"),
    path("placements/reckoning/<int:pk>/", guided.placement_reckoning, name="placement_reckoning"),
    path("placements/<int:pk>/", placements.placement_detail, name="placement_detail"),
    path("placements/<int:pk>/setup/", guided.placement_setup, name="placement_setup"),
    path("placements/<int:pk>/edit/", placements.placement_edit, name="placement_edit"),
    path("placements/<int:pk>/change/", changes.placement_change, name="placement_change"),
    path("placements/<int:pk>/change/<slug:what>/", changes.placement_change_from, name="placement_change_from"),
    path("later-changes/<int:pk>/take-back/", changes.later_change_take_back, name="later_change_take_back"),
    path("placements/<int:pk>/remove/", acts.placement_remove, name="placement_remove"),
    path("placements/<int:pk>/start/", acts.placement_start, name="placement_start"),
    path("placements/<int:pk>/resume/", acts.placement_resume, name="placement_resume"),
    path("placements/<int:pk>/pattern/", patterns.pattern_edit, name="pattern_edit"),
    path("placements/<int:pk>/pattern/remove/", patterns.pattern_remove, name="pattern_remove"),
    path("placements/<int:pk>/adjustments/", adjusting.adjustment_list, name="adjustment_list"),
    path("adjustments/<int:pk>/release/", adjusting.adjustment_release, name="adjustment_release"),
    path("adjustments/<int:pk>/office/", adjusting.adjustment_office, name="adjustment_office"),
    path("adjustments/<int:pk>/take-back/", adjusting.adjustment_take_back, name="adjustment_take_back"),
]
