from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    name = "placements.requirements"
    label = "requirements"
    verbose_name = "Checks that placements need"
