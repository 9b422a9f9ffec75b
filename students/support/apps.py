from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "students.support"
    label = "support"
    verbose_name = "Support"
