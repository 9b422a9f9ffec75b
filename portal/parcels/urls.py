from django.urls import path

from portal.parcels import views

urlpatterns = [
    path("downloads/", views.parcel_list, name="parcel_list"),
    path("downloads/<int:pk>/", views.parcel_detail, name="parcel_detail"),
    path("downloads/<int:pk>/progress/", views.parcel_progress, name="parcel_progress"),
    path("downloads/<int:pk>/file/", views.parcel_download, name="parcel_download"),
    path("downloads/<int:pk>/cancel/", views.parcel_cancel, name="parcel_cancel"),
    path("downloads/<int:pk>/delete/", views.parcel_forget, name="parcel_forget"),
    path("downloads/<int:pk>/again/", views.parcel_again, name="parcel_again"),
]
