from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "students.papers"
    label = "papers"
    verbose_name = "CVs and cover letters"
