from django.apps import AppConfig


class TLevelsConfig(AppConfig):
    name = "students.tlevels"
    label = "tlevels"
    verbose_name = "T Levels and rule sets"

    def ready(self):
        from students.tlevels import rules  # noqa: F401 - connects its signals
