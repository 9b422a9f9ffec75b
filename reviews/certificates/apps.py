from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "reviews.certificates"
    label = "certificates"
    verbose_name = "Certificates"
