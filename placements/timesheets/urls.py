from django.urls import path, register_converter

from placements.timesheets.converters import MondayConverter
from placements.timesheets.views import paper, weeks

register_converter(MondayConverter, "monday")

urlpatterns = [
    path("weeks/", weeks.week_list, name="week_list"),
    path("weeks/now/", weeks.week_current, name="week_current"),
    path("placements/<int:placement>/weeks/<monday:monday>/", weeks.week_open, name="week_open"),
    path("placements/<int:placement>/paper-weeks/<monday:monday>/", paper.paper_week, name="paper_week"),
    path("weeks/<int:pk>/", weeks.week_edit, name="week_edit"),
    path("weeks/<int:pk>/recall/", weeks.week_recall, name="week_recall"),
    path("weeks/<int:pk>/reopen/", weeks.week_reopen, name="week_reopen"),
    path("flags/<int:pk>/seen/", weeks.flag_seen, name="flag_seen"),
]
