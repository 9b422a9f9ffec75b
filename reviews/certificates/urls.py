from django.urls import path

from reviews.certificates.views import certificates, keys, public

urlpatterns = [
    path("certificates/", certificates.certificate_list, name="certificate_list"),
    path("certificates/issue/", certificates.certificate_issue_all, name="certificate_issue_all"),
    path("certificates/<int:pk>/certificate.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("certificates/<int:pk>/revoke/", certificates.certificate_revoke, name="certificate_revoke"),
    path("certificates/mine/", certificates.certificate_own, name="certificate_own"),
    path("students/<int:pk>/certificate/", certificates.certificate_detail, name="certificate_detail"),
    path("students/<int:pk>/certificate/issue/", certificates.certificate_issue, name="certificate_issue"),
    path("college/signature/", keys.signing_key, name="signing_key"),
    path("college/signature/make/", keys.signing_key_make, name="signing_key_make"),
    path("college/signature/<int:pk>/", keys.signing_key, name="signing_key_detail"),
    path("college/signature/<int:pk>/certificate.cer", keys.signing_key_public, name="signing_key_public"),
    path("verify/", public.certificate_check, name="certificate_check"),
    path("verify/<str:token>/", public.certificate_verify, name="certificate_verify"),
]
