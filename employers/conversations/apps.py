from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "employers.conversations"
    label = "conversations"
    verbose_name = "Conversations with employers"
