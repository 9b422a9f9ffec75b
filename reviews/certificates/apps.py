from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "reviews.certificates"
    label = "certificates"
    verbose_name = "Certificates"

    def ready(self):
        from reviews.certificates import following  # noqa: F401 - connects its receivers
