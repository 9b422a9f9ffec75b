from django.urls import path

from students.support.views import staff, support

urlpatterns = [
    path("support/", support.support_list, name="support_list"),
    path("support/add/", support.support_add, name="support_add"),
    path("support/shared/", staff.support_shared_list, name="support_shared_list"),
    path("support/<int:pk>/", support.support_detail, name="support_detail"),
    path("support/<int:pk>/edit/", support.support_edit, name="support_edit"),
    path("support/<int:pk>/share/", support.support_share, name="support_share"),
    path("support/<int:pk>/take-back/", support.support_take_back, name="support_take_back"),
    path("support/<int:pk>/end/", support.support_end, name="support_end"),
    path("support/<int:pk>/reopen/", support.support_reopen, name="support_reopen"),
    path("support/<int:pk>/remove/", support.support_remove, name="support_remove"),
    path("students/<int:pk>/support/", staff.student_support, name="student_support"),
]
