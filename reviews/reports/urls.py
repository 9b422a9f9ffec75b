from django.urls import path

from reviews.reports import views

urlpatterns = [
    path("students/<int:pk>/statement/", views.statement, name="statement"),
    path("students/<int:pk>/statement.pdf", views.statement_pdf, name="statement_pdf"),
    path("weeks/<int:pk>/print/", views.timesheet_print, name="timesheet_print"),
    path("weeks/<int:pk>/timesheet.pdf", views.timesheet_pdf, name="timesheet_pdf"),
]
