from django.urls import path

from employers.checks import kind_views, list_views, request_views, views

urlpatterns = [
    path("checks/", list_views.check_list, name="check_list"),
    path("employers/<int:pk>/checks/", views.employer_checks, name="employer_checks"),
    path("employers/<int:pk>/checks/<int:kind>/add/", views.check_add, name="check_add"),
    path("checks/<int:pk>/edit/", views.check_edit, name="check_edit"),
    path("checks/<int:pk>/remove/", views.check_remove, name="check_remove"),
    path("checks/<int:pk>/document/", views.check_document, name="check_document"),
    path("check-kinds/", kind_views.check_kind_list, name="check_kind_list"),
    path("check-kinds/add/", kind_views.check_kind_add, name="check_kind_add"),
    path("check-kinds/<int:pk>/edit/", kind_views.check_kind_edit, name="check_kind_edit"),
    path("check-kinds/<int:pk>/stop/", kind_views.check_kind_stop, name="check_kind_stop"),
    path("check-kinds/<int:pk>/resume/", kind_views.check_kind_resume, name="check_kind_resume"),
    path("employers/<int:pk>/check-requests/add/", request_views.check_request_add, name="check_request_add"),
    path("check-items/<int:pk>/edit/", request_views.check_item_edit, name="check_item_edit"),
    path("check-items/<int:pk>/send-back/", request_views.check_item_send_back, name="check_item_send_back"),
    path("check-items/<int:pk>/remove/", request_views.check_item_remove, name="check_item_remove"),
    path("check-items/<int:pk>/document/", request_views.check_item_document, name="check_item_document"),
]
