from django.urls import path

from reviews.forms.views import forms, printing, questions

urlpatterns = [
    path("placements/<int:pk>/review-forms/", forms.review_form_list, name="review_form_list"),
    path("placements/<int:pk>/review-forms/<slug:occasion>/ask/", forms.review_form_ask, name="review_form_ask"),
    path("placements/<int:pk>/review-forms/<slug:occasion>/paper/", forms.review_form_paper, name="review_form_paper"),
    path("review-forms/questions/", questions.review_question_list, name="review_question_list"),
    path("review-forms/questions/new/", questions.review_question_add, name="review_question_add"),
    path("review-forms/questions/<int:pk>/", questions.review_question_edit, name="review_question_edit"),
    path("review-forms/questions/<int:pk>/retire/", questions.review_question_retire, name="review_question_retire"),
    path("review-forms/questions/<int:pk>/restore/", questions.review_question_restore, name="review_question_restore"),
    path("review-forms/<int:pk>/", forms.review_form_detail, name="review_form_detail"),
    path("review-forms/<int:pk>/take-back/", forms.review_form_take_back, name="review_form_take_back"),
    path("review-forms/<int:pk>/reopen/", forms.review_form_reopen, name="review_form_reopen"),
    path("review-forms/<int:pk>/respond/", forms.review_form_respond, name="review_form_respond"),
    path("review-forms/remarks/<int:pk>/unsay/", forms.review_form_unsay, name="review_form_unsay"),
    path("review-forms/<int:pk>/print/", printing.review_form_print, name="review_form_print"),
    path("review-forms/<int:pk>/review.pdf", printing.review_form_pdf, name="review_form_pdf"),
]
