from django.apps import AppConfig


class SignoffConfig(AppConfig):
    name = "reviews.signoff"
    label = "signoff"
    verbose_name = "Sign-off"
