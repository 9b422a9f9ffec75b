from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "employers.checks"
    label = "checks"
    verbose_name = "Checks of employers"
