from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "reviews.demo"
    label = "demo"
    verbose_name = "Demo data"
