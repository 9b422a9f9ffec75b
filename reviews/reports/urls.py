from django.urls import path

from reviews.reports.views import caseload, choosing, reports

urlpatterns = [
    path("reports/", choosing.report_choose, name="report_choose"),
    path("caseload/print/", caseload.caseload_print, name="caseload_print"),
    path("caseload.pdf", caseload.caseload_pdf, name="caseload_pdf"),
    path("students/<int:pk>/reports/", reports.student_reports, name="student_reports"),
    path("students/<int:pk>/reports/<slug:kind>/", reports.student_report, name="student_report"),
    path("students/<int:pk>/statement/", reports.statement, name="statement"),
    path("students/<int:pk>/statement.pdf", reports.statement_pdf, name="statement_pdf"),
    path("students/<int:pk>/review-history/", reports.review_history, name="review_history"),
    path("students/<int:pk>/review-history.pdf", reports.review_history_pdf, name="review_history_pdf"),
    path("students/<int:pk>/behaviours/", reports.behaviour_report, name="behaviour_report"),
    path("students/<int:pk>/behaviours.pdf", reports.behaviour_report_pdf, name="behaviour_report_pdf"),
    path("weeks/<int:pk>/print/", reports.timesheet_print, name="timesheet_print"),
    path("weeks/<int:pk>/timesheet.pdf", reports.timesheet_pdf, name="timesheet_pdf"),
]
