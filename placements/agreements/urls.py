from django.urls import path

from placements.agreements import texts, views

urlpatterns = [
    path("placements/<int:pk>/agreement/", views.agreement_detail, name="agreement_detail"),
    path("placements/<int:pk>/agreement/make/", views.agreement_make, name="agreement_make"),
    path("placements/<int:pk>/agreement/answer/", views.agreement_answer, name="agreement_answer"),
    path("placements/<int:pk>/agreement/take-back/", views.agreement_take_back, name="agreement_take_back"),
    path("placements/<int:pk>/agreement/parent/", views.agreement_parent, name="agreement_parent"),
    path("placements/<int:pk>/agreement/paper/", views.agreement_paper, name="agreement_paper"),
    path("agreements/<int:pk>/print/", views.agreement_print, name="agreement_print"),
    path("agreements/<int:pk>/agreement.pdf", views.agreement_pdf, name="agreement_pdf"),
    path("agreements/<int:pk>/scan/", views.agreement_scan, name="agreement_scan"),
    path("agreement-text/", texts.agreement_text, name="agreement_text"),
    path("agreement-text/<int:version>/", texts.agreement_text_version, name="agreement_text_version"),
]
