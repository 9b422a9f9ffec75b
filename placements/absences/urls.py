from django.urls import path

from placements.absences import views

urlpatterns = [
    path("absences/", views.absence_list, name="absence_list"),
    path("absences/<int:pk>/remove/", views.absence_remove, name="absence_remove"),
]
