from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "students.resources"
    label = "resources"
    verbose_name = "Useful links"

    def ready(self):
        from students.resources import following  # noqa: F401 - connects its signals
