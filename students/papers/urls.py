from django.urls import path

from students.papers import staff, views

urlpatterns = [
    path("papers/", views.paper_list, name="paper_list"),
    path("papers/add/<slug:kind>/", views.paper_add, name="paper_add"),
    path("papers/<int:pk>/", views.paper_detail, name="paper_detail"),
    path("papers/<int:pk>/edit/", views.paper_edit, name="paper_edit"),
    path("papers/<int:pk>/versions/add/", views.paper_version_add, name="paper_version_add"),
    path("papers/versions/<int:pk>/edit/", views.paper_version_edit, name="paper_version_edit"),
    path("papers/versions/<int:pk>/file/", views.paper_version_file, name="paper_version_file"),
    path("papers/versions/<int:pk>/ask/", views.paper_version_ask, name="paper_version_ask"),
    path("papers/versions/<int:pk>/take-back/", views.paper_version_take_back, name="paper_version_take_back"),
    path("papers/versions/<int:pk>/use/", views.paper_version_use, name="paper_version_use"),
    path("papers/versions/<int:pk>/withdraw/", views.paper_version_withdraw, name="paper_version_withdraw"),
    path("papers/versions/<int:pk>/restore/", views.paper_version_restore, name="paper_version_restore"),
    # staff
    path("papers/versions/<int:pk>/feedback/", staff.paper_feedback, name="paper_feedback"),
    path("papers/versions/<int:pk>/feedback/remove/", staff.paper_feedback_remove, name="paper_feedback_remove"),
    path("students/<int:pk>/papers/", staff.student_papers, name="student_papers"),
]
