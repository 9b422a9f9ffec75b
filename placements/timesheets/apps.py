from django.apps import AppConfig


class TimesheetsConfig(AppConfig):
    name = "placements.timesheets"
    label = "timesheets"
    verbose_name = "Timesheets"
