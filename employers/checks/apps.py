from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "employers.checks"
    label = "checks"
    verbose_name = "Checks of employers"

    def ready(self):
        from employers.checks import following  # noqa: F401 - connects its signals
