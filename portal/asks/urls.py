from django.urls import path

from portal.asks import views

urlpatterns = [
    path("asks/<uuid:pk>/", views.ask_detail, name="ask_detail"),
    path("asks/<uuid:pk>/send/", views.ask_send, name="ask_send"),
    path("asks/<uuid:pk>/withdraw/", views.ask_withdraw, name="ask_withdraw"),
    path("asks/<uuid:pk>/copy/", views.ask_copy, name="ask_copy"),
    path("asks/<uuid:pk>/at/<slug:step>/", views.ask_detail, name="ask_detail_step"),
    path("q/<uuid:pk>/<str:token>/", views.ask_link, name="ask_link"),
    path("q/<uuid:pk>/<str:token>/again/", views.ask_link_again, name="ask_link_again"),
    path("q/<uuid:pk>/<str:token>/at/<slug:step>/", views.ask_link, name="ask_link_step"),
]
