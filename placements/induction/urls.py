from django.urls import path

from placements.induction.views import induction, printing

urlpatterns = [
    path("placements/<int:pk>/induction/", induction.induction_detail, name="induction_detail"),
    path("placements/<int:pk>/induction/save/", induction.induction_save, name="induction_save"),
    path("placements/<int:pk>/induction/recall/", induction.induction_recall, name="induction_recall"),
    path("placements/<int:pk>/induction/ask/", induction.induction_ask, name="induction_ask"),
    path("placements/<int:pk>/induction/paper/", induction.induction_paper, name="induction_paper"),
    path("placements/<int:pk>/induction/reopen/", induction.induction_reopen, name="induction_reopen"),
    path("placements/<int:pk>/induction/print/", printing.induction_print, name="induction_print"),
    path("placements/<int:pk>/induction.pdf", printing.induction_pdf, name="induction_pdf"),
]
