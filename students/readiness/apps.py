from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "students.readiness"
    label = "readiness"
    verbose_name = "Readiness"
