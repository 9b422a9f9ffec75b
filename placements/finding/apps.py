from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "placements.finding"
    label = "finding"
    verbose_name = "Finding a place"
