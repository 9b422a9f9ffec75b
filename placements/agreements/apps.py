from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "placements.agreements"
    label = "agreements"
    verbose_name = "Agreements"
