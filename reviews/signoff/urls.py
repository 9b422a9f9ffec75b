from django.urls import path

from reviews.signoff.views import considering, listing, questions, signing

urlpatterns = [
    path("complete/", signing.completion_own, name="completion_own"),
    path("students/<int:pk>/complete/", signing.completion, name="completion"),
    path("students/<int:pk>/reach/seen/", signing.reach_seen, name="reach_seen"),
    path("students/<int:pk>/judgement/", signing.judgement_edit, name="judgement_edit"),
    path("students/<int:pk>/signoffs/new/", signing.signoff_add, name="signoff_add"),
    path("signoffs/", listing.signoff_list, name="signoff_list"),
    path("signoffs/<int:pk>/", signing.signoff_detail, name="signoff_detail"),
    path("signoffs/<int:pk>/reopen/", signing.signoff_reopen, name="signoff_reopen"),
    path("students/<int:pk>/considerations/new/", considering.consideration_add, name="consideration_add"),
    path("considerations/<int:pk>/", considering.consideration_detail, name="consideration_detail"),
    path("considerations/<int:pk>/confirm/", considering.consideration_confirm, name="consideration_confirm"),
    path("considerations/<int:pk>/refuse/", considering.consideration_refuse, name="consideration_refuse"),
    path("considerations/<int:pk>/withdraw/", considering.consideration_withdraw, name="consideration_withdraw"),
    path("considerations/evidence/<int:pk>/", considering.evidence_file, name="evidence_file"),
    path("students/<int:pk>/figures/questions/", questions.figure_question_list, name="figure_question_list"),
    path("figures/questions/new/", questions.figure_question_add, name="figure_question_add"),
    path("figures/questions/<int:pk>/", questions.figure_question_detail, name="figure_question_detail"),
    path("figures/questions/<int:pk>/answer/", questions.figure_question_answer, name="figure_question_answer"),
    path("figures/questions/<int:pk>/object/", questions.figure_question_object, name="figure_question_object"),
    path("figures/questions/<int:pk>/decide/", questions.figure_question_decide, name="figure_question_decide"),
    path("figures/questions/<int:pk>/withdraw/", questions.figure_question_withdraw, name="figure_question_withdraw"),
]
