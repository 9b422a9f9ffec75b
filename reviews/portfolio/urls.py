from django.urls import path

from reviews.portfolio import views

urlpatterns = [
    path("portfolio/", views.portfolio, name="portfolio"),
]
