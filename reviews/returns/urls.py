from django.urls import path

from reviews.returns import views

urlpatterns = [
    path("returns/", views.return_list, name="return_list"),
    path("returns/<int:pk>/", views.return_detail, name="return_detail"),
    path("returns/<int:pk>/left-out/", views.return_left_out, name="return_left_out"),
    path("returns/files/<int:pk>/", views.return_file, name="return_file"),
    path("returns/new/<slug:kind>/", views.return_preview, name="return_preview"),
    path("returns/new/<slug:kind>/make/", views.return_make, name="return_make"),
]
