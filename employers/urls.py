from django.urls import include, path

from employers import views

urlpatterns = [
    path("employers/", views.employer_list, name="employer_list"),
    path("employers/add/", views.employer_add, name="employer_add"),
    path("employers/<int:pk>/", views.employer_detail, name="employer_detail"),
    path("employers/<int:pk>/parts/<slug:slug>/", views.employer_part, name="employer_part"),
    path("employers/<int:pk>/edit/", views.employer_edit, name="employer_edit"),
    path("employers/<int:pk>/remove/", views.employer_remove, name="employer_remove"),
    path("employers/<int:pk>/sites/add/", views.site_add, name="site_add"),
    path("sites/<int:pk>/edit/", views.site_edit, name="site_edit"),
    path("sites/<int:pk>/remove/", views.site_remove, name="site_remove"),
    path("employers/<int:pk>/line-managers/add/", views.line_manager_add, name="line_manager_add"),
    path("line-managers/<int:pk>/edit/", views.line_manager_edit, name="line_manager_edit"),
    path("line-managers/<int:pk>/remove/", views.line_manager_remove, name="line_manager_remove"),
    path("", include("employers.checks.urls")),
    path("", include("employers.conversations.urls")),
    path("", include("employers.opportunities.urls")),
]
