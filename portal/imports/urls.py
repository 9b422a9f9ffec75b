from django.urls import path

from portal.imports import views

urlpatterns = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/new/<str:kind>/", views.import_new, name="import_new"),
    path("imports/new/<str:kind>/template.csv", views.import_template, name="import_template"),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<int:pk>/wrong.csv", views.import_wrong, name="import_wrong"),
    path("imports/<int:pk>/read/", views.import_read, name="import_read"),
    path("imports/<int:pk>/apply/", views.import_apply, name="import_apply"),
    path("imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("imports/<int:pk>/invite/", views.import_invite, name="import_invite"),
]
