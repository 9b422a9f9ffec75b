from django.urls import path

from placements.arrangements import briefing, views

urlpatterns = [
    path("placements/<int:pk>/arrangements/", views.arrangements_detail, name="arrangements_detail"),
    path("placements/<int:pk>/arrangements/save/", views.arrangements_save, name="arrangements_save"),
    path("placements/<int:pk>/first-day/", views.first_day, name="first_day"),
    path("placements/<int:pk>/first-day.pdf", views.first_day_pdf, name="first_day_pdf"),
    path("placements/<int:pk>/first-day/edit/", views.first_day_edit, name="first_day_edit"),
    path("placements/<int:pk>/first-day/ask/", views.first_day_ask, name="first_day_ask"),
    path("placements/<int:pk>/briefing/", briefing.briefing_card, name="briefing_card"),
    path("placements/<int:pk>/briefing.pdf", briefing.briefing_pdf, name="briefing_pdf"),
    path("placements/<int:pk>/briefing/ask/", briefing.briefing_ask, name="briefing_ask"),
]
