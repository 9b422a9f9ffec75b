from django.urls import path

from placements.hours import views

urlpatterns = [
    path("hours/", views.hours_receipt_own, name="hours_receipt_own"),
    path("students/<int:pk>/hours/", views.hours_receipt, name="hours_receipt"),
    path("students/<int:pk>/hours/remind/", views.weeks_remind, name="weeks_remind"),
]
