from django.apps import AppConfig


class CohortConfig(AppConfig):
    name = "reviews.cohort"
    label = "cohort"
    verbose_name = "The cohort"
