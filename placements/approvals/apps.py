from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "placements.approvals"
    label = "approvals"
    verbose_name = "Approvals by line managers"

    def ready(self):
        from placements.approvals import following  # noqa: F401 - connects its signals
