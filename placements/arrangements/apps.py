from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "placements.arrangements"
    label = "arrangements"
    verbose_name = "Before day one"
