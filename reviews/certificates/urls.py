from django.urls import path

from reviews.certificates import key_views, public, views

urlpatterns = [
    path("certificates/", views.certificate_list, name="certificate_list"),
    path("certificates/issue/", views.certificate_issue_all, name="certificate_issue_all"),
    path("certificates/<int:pk>/certificate.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<int:pk>/revoke/", views.certificate_revoke, name="certificate_revoke"),
    path("certificates/mine/", views.certificate_own, name="certificate_own"),
    path("students/<int:pk>/certificate/", views.certificate_detail, name="certificate_detail"),
    path("students/<int:pk>/certificate/issue/", views.certificate_issue, name="certificate_issue"),
    path("college/signature/", key_views.signing_key, name="signing_key"),
    path("college/signature/make/", key_views.signing_key_make, name="signing_key_make"),
    path("college/signature/<int:pk>/", key_views.signing_key, name="signing_key_detail"),
    path("college/signature/<int:pk>/certificate.cer", key_views.signing_key_public, name="signing_key_public"),
    path("verify/", public.certificate_check, name="certificate_check"),
    path("verify/<str:token>/", public.certificate_verify, name="certificate_verify"),
]
