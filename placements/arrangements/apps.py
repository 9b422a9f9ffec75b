from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "placements.arrangements"
    label = "arrangements"
    verbose_name = "Before day one"

    def ready(self):
        from placements.arrangements import following  # noqa: F401 - connects its signals
