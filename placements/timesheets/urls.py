from django.urls import path, register_converter

from placements.timesheets import paper, views
from placements.timesheets.converters import MondayConverter

register_converter(MondayConverter, "monday")

urlpatterns = [
    path("weeks/", views.week_list, name="week_list"),
    path("weeks/now/", views.week_current, name="week_current"),
    path("placements/<int:placement>/weeks/<monday:monday>/", views.week_open, name="week_open"),
    path("placements/<int:placement>/paper-weeks/<monday:monday>/", paper.paper_week, name="paper_week"),
    path("weeks/<int:pk>/", views.week_edit, name="week_edit"),
    path("weeks/<int:pk>/recall/", views.week_recall, name="week_recall"),
    path("weeks/<int:pk>/reopen/", views.week_reopen, name="week_reopen"),
    path("flags/<int:pk>/seen/", views.flag_seen, name="flag_seen"),
]
