from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "students.contacts"
    label = "contacts"
    verbose_name = "Contacts that students made"
