from django.apps import AppConfig


class DepartureConfig(AppConfig):
    name = "students.departure"
    label = "departure"
    verbose_name = "Leaving the T Level"
