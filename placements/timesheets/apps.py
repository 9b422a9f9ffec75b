from django.apps import AppConfig


class TimesheetsConfig(AppConfig):
    name = "placements.timesheets"
    label = "timesheets"
    verbose_name = "Timesheets"

    def ready(self):
        from placements.timesheets import following  # noqa: F401 - connects its signals
