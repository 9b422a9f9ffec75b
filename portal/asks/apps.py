from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AsksConfig(AppConfig):
    name = "portal.asks"
    label = "asks"
    verbose_name = "Questions by mailed link"

    def ready(self):
        autodiscover_modules("answering")
