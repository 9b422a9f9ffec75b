from django.urls import path

from placements.agreements.views import agreements, texts

urlpatterns = [
    path("placements/<int:pk>/agreement/", agreements.agreement_detail, name="agreement_detail"),
    path("placements/<int:pk>/agreement/make/", agreements.agreement_make, name="agreement_make"),
    path("placements/<int:pk>/agreement/answer/", agreements.agreement_answer, name="agreement_answer"),
    path("placements/<int:pk>/agreement/take-back/", agreements.agreement_take_back, name="agreement_take_back"),
    path("placements/<int:pk>/agreement/parent/", agreements.agreement_parent, name="agreement_parent"),
    path("placements/<int:pk>/agreement/paper/", agreements.agreement_paper, name="agreement_paper"),
    path("agreements/<int:pk>/print/", agreements.agreement_print, name="agreement_print"),
    path("agreements/<int:pk>/agreement.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path("agreements/<int:pk>/scan/", agreements.agreement_scan, name="agreement_scan"),
    path("agreement-text/", texts.agreement_text, name="agreement_text"),
    path("agreement-text/<int:version>/", texts.agreement_text_version, name="agreement_text_version"),
]
