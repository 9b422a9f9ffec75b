from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal.form_errors import speak_plainly

        speak_plainly()
