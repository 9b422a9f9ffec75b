from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "students.interviews"
    label = "interviews"
    verbose_name = "Interviews"
