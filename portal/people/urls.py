from django.urls import path

from portal.people.views import desk, people, provider, welcome

urlpatterns = [
    path("desk/", desk.desk_switch, name="desk_switch"),
    path("me/", provider.profile_edit, name="profile_edit"),
    path("provider/", provider.provider_edit, name="provider_edit"),
    path("provider/logo/", provider.provider_logo, name="provider_logo"),
    path("people/", people.people_list, name="people_list"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/roles/", people.role_add, name="role_add"),
    path("people/<int:pk>/invite/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/close/", people.person_close, name="person_close"),
    path("people/<int:pk>/open/", people.person_open, name="person_open"),
    path("roles/<int:pk>/withdraw/", people.role_withdraw, name="role_withdraw"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("welcome/<str:token>/again/", welcome.welcome_again, name="welcome_again"),
]
