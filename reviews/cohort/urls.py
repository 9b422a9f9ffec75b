from django.urls import path

from reviews.cohort.views import cohort, lists

urlpatterns = [
    path("cohort/", cohort.cohort, name="cohort"),
    path("cohort/print/", cohort.cohort_print, name="cohort_print"),
    path("cohort/cohort.pdf", cohort.cohort_pdf, name="cohort_pdf"),
    path("cohort/students/", lists.cohort_students, name="cohort_students"),
    path("cohort/tutors/", lists.cohort_tutors, name="cohort_tutors"),
    path("cohort/employers/", lists.cohort_employers, name="cohort_employers"),
    path("cohort/tables/<slug:name>.<slug:kind>", cohort.cohort_table, name="cohort_table"),
]
