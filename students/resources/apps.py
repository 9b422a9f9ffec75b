from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "students.resources"
    label = "resources"
    verbose_name = "Useful resources"
