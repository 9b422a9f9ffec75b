from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "placements.goals"
    label = "goals"
    verbose_name = "Learning goals"

    def ready(self):
        from placements.goals import following  # noqa: F401 - connects its signals
