from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "placements.finding"
    label = "finding"
    verbose_name = "Finding a place"

    def ready(self):
        from placements.finding import following  # noqa: F401 - connects its signals
