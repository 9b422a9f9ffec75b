from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "placements.setup"
    label = "setup"
    verbose_name = "Setting up placements"
