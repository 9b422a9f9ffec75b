from django.urls import path

from placements.hours import views

urlpatterns = [
    path("hours/", views.hours_receipt_own, name="hours_receipt_own"),
    path("students/<int:pk>/hours/", views.hours_receipt, name="hours_receipt"),
]
