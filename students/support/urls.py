from django.urls import path

from students.support import staff, views

urlpatterns = [
    path("support/", views.support_list, name="support_list"),
    path("support/add/", views.support_add, name="support_add"),
    path("support/shared/", staff.support_shared_list, name="support_shared_list"),
    path("support/<int:pk>/", views.support_detail, name="support_detail"),
    path("support/<int:pk>/edit/", views.support_edit, name="support_edit"),
    path("support/<int:pk>/share/", views.support_share, name="support_share"),
    path("support/<int:pk>/take-back/", views.support_take_back, name="support_take_back"),
    path("support/<int:pk>/end/", views.support_end, name="support_end"),
    path("support/<int:pk>/reopen/", views.support_reopen, name="support_reopen"),
    path("support/<int:pk>/remove/", views.support_remove, name="support_remove"),
    path("students/<int:pk>/support/", staff.student_support, name="student_support"),
]
