from django.apps import AppConfig


class BehavioursConfig(AppConfig):
    name = "placements.behaviours"
    label = "behaviours"
    verbose_name = "Professional behaviours"
