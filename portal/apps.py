from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal.form_errors import speak_plainly
        from portal.searching import knows_folding

        speak_plainly()
        connection_created.connect(knows_folding)
