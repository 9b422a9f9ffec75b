from django.apps import AppConfig


class InductionConfig(AppConfig):
    name = "placements.induction"
    label = "induction"
    verbose_name = "Induction"

    def ready(self):
        from placements.induction import following  # noqa: F401 - connects its signals
