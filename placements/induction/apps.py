from django.apps import AppConfig


class InductionConfig(AppConfig):
    name = "placements.induction"
    label = "induction"
    verbose_name = "Induction"
