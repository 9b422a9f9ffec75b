from django.urls import path

from students.papers.views import papers, staff

urlpatterns = [
    path("papers/", papers.paper_list, name="paper_list"),
    path("papers/add/<slug:kind>/", papers.paper_add, name="paper_add"),
    path("papers/<int:pk>/", papers.paper_detail, name="paper_detail"),
    path("papers/<int:pk>/edit/", papers.paper_edit, name="paper_edit"),
    path("papers/<int:pk>/versions/add/", papers.paper_version_add, name="paper_version_add"),
    path("papers/versions/<int:pk>/edit/", papers.paper_version_edit, name="paper_version_edit"),
    path("papers/versions/<int:pk>/file/", papers.paper_version_file, name="paper_version_file"),
    path("papers/versions/<int:pk>/ask/", papers.paper_version_ask, name="paper_version_ask"),
    path("papers/versions/<int:pk>/take-back/", papers.paper_version_take_back, name="paper_version_take_back"),
    path("papers/versions/<int:pk>/use/", papers.paper_version_use, name="paper_version_use"),
    path("papers/versions/<int:pk>/withdraw/", papers.paper_version_withdraw, name="paper_version_withdraw"),
    path("papers/versions/<int:pk>/restore/", papers.paper_version_restore, name="paper_version_restore"),
    # staff
    path("papers/versions/<int:pk>/feedback/", staff.paper_feedback, name="paper_feedback"),
    path("papers/versions/<int:pk>/feedback/remove/", staff.paper_feedback_remove, name="paper_feedback_remove"),
    path("students/<int:pk>/papers/", staff.student_papers, name="student_papers"),
]
