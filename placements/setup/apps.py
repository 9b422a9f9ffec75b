from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "placements.setup"
    label = "setup"
    verbose_name = "Setting up placements"

    def ready(self):
        from placements.setup import following  # noqa: F401 - connects its signals
