from django.urls import path

from reviews.reports import caseload, choosing, views

urlpatterns = [
    path("reports/", choosing.report_choose, name="report_choose"),
    path("caseload/print/", caseload.caseload_print, name="caseload_print"),
    path("caseload.pdf", caseload.caseload_pdf, name="caseload_pdf"),
    path("students/<int:pk>/reports/", views.student_reports, name="student_reports"),
    path("students/<int:pk>/reports/<slug:kind>/", views.student_report, name="student_report"),
    path("students/<int:pk>/statement/", views.statement, name="statement"),
    path("students/<int:pk>/statement.pdf", views.statement_pdf, name="statement_pdf"),
    path("students/<int:pk>/review-history/", views.review_history, name="review_history"),
    path("students/<int:pk>/review-history.pdf", views.review_history_pdf, name="review_history_pdf"),
    path("students/<int:pk>/behaviours/", views.behaviour_report, name="behaviour_report"),
    path("students/<int:pk>/behaviours.pdf", views.behaviour_report_pdf, name="behaviour_report_pdf"),
    path("weeks/<int:pk>/print/", views.timesheet_print, name="timesheet_print"),
    path("weeks/<int:pk>/timesheet.pdf", views.timesheet_pdf, name="timesheet_pdf"),
]
