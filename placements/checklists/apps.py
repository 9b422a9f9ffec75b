from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "placements.checklists"
    label = "checklists"
    verbose_name = "Checklists"
