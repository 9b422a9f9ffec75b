from django.apps import AppConfig


class LogbookConfig(AppConfig):
    name = "placements.logbook"
    label = "logbook"
    verbose_name = "Logbook"
