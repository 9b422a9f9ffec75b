from django.urls import path

from placements.logbook.views import comments, editing, entries, evidence, printing

urlpatterns = [
    path("logbook/", entries.logbook_list, name="logbook_list"),
    path("logbook/new/", editing.logbook_add, name="logbook_add"),
    path("logbook/<int:pk>/", entries.logbook_entry, name="logbook_entry"),
    path("logbook/<int:pk>/edit/", editing.logbook_edit, name="logbook_edit"),
    path("logbook/<int:pk>/history/", entries.logbook_history, name="logbook_history"),
    path("logbook/<int:pk>/share/", editing.logbook_publish, name="logbook_publish"),
    path("logbook/<int:pk>/take-back/", editing.logbook_take_back, name="logbook_take_back"),
    path("logbook/<int:pk>/remove/", editing.logbook_remove, name="logbook_remove"),
    path("logbook/<int:pk>/put-back/", editing.logbook_put_back, name="logbook_put_back"),
    path("logbook/<int:pk>/ask/", comments.logbook_ask, name="logbook_ask"),
    path("logbook/<int:pk>/comments/", comments.logbook_comment, name="logbook_comment"),
    path("logbook/comments/<int:pk>/edit/", comments.logbook_comment_edit, name="logbook_comment_edit"),
    path("logbook/comments/<int:pk>/remove/", comments.logbook_comment_remove, name="logbook_comment_remove"),
    path("logbook/files/<int:pk>/", entries.logbook_file, name="logbook_file"),
    path("logbook/files/<int:pk>/remove/", editing.logbook_file_remove, name="logbook_file_remove"),
    path("logbook/ratings/<int:pk>/remove/", evidence.goal_rating_remove, name="goal_rating_remove"),
    path("placements/<int:pk>/logbook/", entries.logbook_placement, name="logbook_placement"),
    path("placements/<int:pk>/logbook/print/", printing.logbook_print, name="logbook_print"),
    path("placements/<int:pk>/logbook/logbook.pdf", printing.logbook_pdf, name="logbook_pdf"),
    path("placements/<int:pk>/logbook/goals/<int:goal>/", evidence.goal_evidence, name="goal_evidence"),
    path("placements/<int:pk>/logbook/goals/<int:goal>/rate/", evidence.goal_rate, name="goal_rate"),
]
