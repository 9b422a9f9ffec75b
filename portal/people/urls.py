from django.urls import path

from portal.people import views

urlpatterns = [
    path("desk/", views.desk_switch, name="desk_switch"),
]
