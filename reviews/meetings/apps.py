from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "reviews.meetings"
    label = "meetings"
    verbose_name = "Review meetings"

    def ready(self):
        from reviews.meetings import following  # noqa: F401 - it listens
