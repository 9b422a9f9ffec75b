from django.urls import path

from portal.people.views import desk

urlpatterns = [
    path("desk/", desk.desk_switch, name="desk_switch"),
]
