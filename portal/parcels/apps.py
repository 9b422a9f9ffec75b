from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    name = "portal.parcels"
    label = "parcels"
    verbose_name = "Parcels"
