from django.apps import AppConfig


class SignoffConfig(AppConfig):
    name = "reviews.signoff"
    label = "signoff"
    verbose_name = "Sign-off"

    def ready(self):
        from reviews.signoff import following  # noqa: F401 - it listens
