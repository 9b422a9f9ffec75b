from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "reviews.portfolio"
    label = "portfolio"
    verbose_name = "Portfolio"
