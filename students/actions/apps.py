from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "students.actions"
    label = "actions"
    verbose_name = "Action plans"
