from django.urls import path

from students.interviews.views import interviews, questions, research

urlpatterns = [
    path("interviews/", interviews.interview_overview, name="interview_overview"),
    path("interviews/worksheet/", interviews.worksheet_detail, name="worksheet_detail"),
    path("interviews/worksheet/clear/", interviews.worksheet_clear, name="worksheet_clear"),
    path("interviews/worksheet/<int:number>/", interviews.worksheet_edit, name="worksheet_edit"),
    path("interviews/pack/", interviews.interview_pack, name="interview_pack"),
    path("interviews/pack.pdf", interviews.interview_pack_pdf, name="interview_pack_pdf"),
    path("interviews/questions/", questions.interview_question_list, name="interview_question_list"),
    path("interviews/questions/take/<int:pk>/", questions.interview_question_take, name="interview_question_take"),
    path("interviews/questions/<int:pk>/edit/", questions.interview_question_edit, name="interview_question_edit"),
    path(
        "interviews/questions/<int:pk>/remove/", questions.interview_question_remove, name="interview_question_remove"
    ),
    path(
        "interviews/questions/<int:pk>/restore/",
        questions.interview_question_restore,
        name="interview_question_restore",
    ),
    path("research/", research.research_list, name="research_list"),
    path("research/add/", research.research_add, name="research_add"),
    path("research/<int:pk>/", research.research_detail, name="research_detail"),
    path("research/<int:pk>/edit/", research.research_edit, name="research_edit"),
    path("research/<int:pk>/share/", research.research_share, name="research_share"),
    path("research/<int:pk>/take-back/", research.research_take_back, name="research_take_back"),
    path("research/<int:pk>/remove/", research.research_remove, name="research_remove"),
    path("research/<int:pk>/restore/", research.research_restore, name="research_restore"),
    path("students/<int:pk>/research/", research.student_research, name="student_research"),
]
