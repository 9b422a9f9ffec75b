from django.apps import AppConfig


class ReviewFormsConfig(AppConfig):
    name = "reviews.forms"
    label = "review_forms"
    verbose_name = "The employer's review forms"

    def ready(self):
        from reviews.forms import comparing, following  # noqa: F401 - they listen, and say what managers say
