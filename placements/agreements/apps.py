from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "placements.agreements"
    label = "agreements"
    verbose_name = "Agreements"

    def ready(self):
        from placements.agreements import following  # noqa: F401 - connects its signals
