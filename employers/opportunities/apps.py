from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "employers.opportunities"
    label = "opportunities"
    verbose_name = "Opportunities"
