from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "reviews.risk"
    label = "risk"
    verbose_name = "How students stand"

    def ready(self):
        from reviews.risk import following  # noqa: F401 - it listens
