from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "placements.goals"
    label = "goals"
    verbose_name = "Learning goals"
