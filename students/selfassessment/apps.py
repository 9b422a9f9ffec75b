from django.apps import AppConfig


class SelfassessmentConfig(AppConfig):
    name = "students.selfassessment"
    label = "selfassessment"
    verbose_name = "Self-assessments"
