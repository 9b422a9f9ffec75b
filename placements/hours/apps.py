from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "placements.hours"
    label = "hours"
    verbose_name = "Hours that count"

    def ready(self):
        from placements.hours import following  # noqa: F401 - connects its signals
