from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "placements.concerns"
    label = "concerns"
    verbose_name = "When something is wrong"

    def ready(self):
        from placements.concerns import following  # noqa: F401 - connects its signals
