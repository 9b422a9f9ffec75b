from django.apps import AppConfig

from portal.discovering import discover


class AsksConfig(AppConfig):
    name = "portal.asks"
    label = "asks"
    verbose_name = "Questions by mailed link"

    def ready(self):
        discover("answering")
