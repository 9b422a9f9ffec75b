from django.apps import AppConfig


class EndingConfig(AppConfig):
    name = "placements.ending"
    label = "ending"
    verbose_name = "Ending"
