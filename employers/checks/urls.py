from django.urls import path

from employers.checks.views import checks, kinds, listing, requests

urlpatterns = [
    path("checks/", listing.check_list, name="check_list"),
    path("employers/<int:pk>/checks/", checks.employer_checks, name="employer_checks"),
    path("employers/<int:pk>/checks/<int:kind>/add/", checks.check_add, name="check_add"),
    path("checks/<int:pk>/edit/", checks.check_edit, name="check_edit"),
    path("checks/<int:pk>/remove/", checks.check_remove, name="check_remove"),
    path("checks/<int:pk>/document/", checks.check_document, name="check_document"),
    path("check-kinds/", kinds.check_kind_list, name="check_kind_list"),
    path("check-kinds/add/", kinds.check_kind_add, name="check_kind_add"),
    path("check-kinds/<int:pk>/edit/", kinds.check_kind_edit, name="check_kind_edit"),
    path("check-kinds/<int:pk>/stop/", kinds.check_kind_stop, name="check_kind_stop"),
    path("check-kinds/<int:pk>/resume/", kinds.check_kind_resume, name="check_kind_resume"),
    path("employers/<int:pk>/check-requests/add/", requests.check_request_add, name="check_request_add"),
    path("check-items/<int:pk>/edit/", requests.check_item_edit, name="check_item_edit"),
    path("check-items/<int:pk>/send-back/", requests.check_item_send_back, name="check_item_send_back"),
    path("check-items/<int:pk>/remove/", requests.check_item_remove, name="check_item_remove"),
    path("check-items/<int:pk>/document/", requests.check_item_document, name="check_item_document"),
]
