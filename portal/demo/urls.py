from django.urls import path

from portal.demo import views

urlpatterns = [
    path("sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("outbox/", views.demo_outbox, name="demo_outbox"),
    path("outbox/<int:pk>/", views.demo_mail, name="demo_mail"),
]
