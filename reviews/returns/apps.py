from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "reviews.returns"
    label = "returns"
    verbose_name = "Returns"
