from django.apps import AppConfig


class EndingConfig(AppConfig):
    name = "placements.ending"
    label = "ending"
    verbose_name = "Ending"

    def ready(self):
        from placements.ending import following  # noqa: F401 - connects its signals
