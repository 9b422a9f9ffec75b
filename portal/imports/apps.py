from django.apps import AppConfig

from portal.discovering import discover


class ImportsConfig(AppConfig):
    name = "portal.imports"
    label = "imports"
    verbose_name = "Imports"

    def ready(self):
        discover("imports")
