from django.urls import path

from placements.induction import printing, views

urlpatterns = [
    path("placements/<int:pk>/induction/", views.induction_detail, name="induction_detail"),
    path("placements/<int:pk>/induction/save/", views.induction_save, name="induction_save"),
    path("placements/<int:pk>/induction/recall/", views.induction_recall, name="induction_recall"),
    path("placements/<int:pk>/induction/ask/", views.induction_ask, name="induction_ask"),
    path("placements/<int:pk>/induction/paper/", views.induction_paper, name="induction_paper"),
    path("placements/<int:pk>/induction/reopen/", views.induction_reopen, name="induction_reopen"),
    path("placements/<int:pk>/induction/print/", printing.induction_print, name="induction_print"),
    path("placements/<int:pk>/induction.pdf", printing.induction_pdf, name="induction_pdf"),
]
