from django.urls import path

from placements.arrangements.views import arrangements, briefing

urlpatterns = [
    path("placements/<int:pk>/arrangements/", arrangements.arrangements_detail, name="arrangements_detail"),
    path("placements/<int:pk>/arrangements/save/", arrangements.arrangements_save, name="arrangements_save"),
    path("placements/<int:pk>/first-day/", arrangements.first_day, name="first_day"),
    path("placements/<int:pk>/first-day.pdf", arrangements.first_day_pdf, name="first_day_pdf"),
    path("placements/<int:pk>/first-day/edit/", arrangements.first_day_edit, name="first_day_edit"),
    path("placements/<int:pk>/first-day/ask/", arrangements.first_day_ask, name="first_day_ask"),
    path("placements/<int:pk>/briefing/", briefing.briefing_card, name="briefing_card"),
    path("placements/<int:pk>/briefing.pdf", briefing.briefing_pdf, name="briefing_pdf"),
    path("placements/<int:pk>/briefing/ask/", briefing.briefing_ask, name="briefing_ask"),
]
