from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"
    verbose_name = "People and providers"

    def ready(self):
        from portal.people import addresses  # noqa: F401 - connects its signal
