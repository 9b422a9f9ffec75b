from django.urls import path

from employers.conversations import views

urlpatterns = [
    path("conversations/", views.conversation_list, name="conversation_list"),
    path("employers/<int:pk>/conversations/", views.employer_conversations, name="employer_conversations"),
    path("employers/<int:pk>/conversations/add/", views.conversation_add, name="conversation_add"),
    path("conversations/<int:pk>/edit/", views.conversation_edit, name="conversation_edit"),
    path("conversations/<int:pk>/remove/", views.conversation_remove, name="conversation_remove"),
    path("conversations/<int:pk>/done/", views.conversation_done, name="conversation_done"),
    path("conversations/<int:pk>/reopen/", views.conversation_reopen, name="conversation_reopen"),
]
