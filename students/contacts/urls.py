from django.urls import path

from students.contacts import views

urlpatterns = [
    path("contacts/", views.contact_list, name="contact_list"),
    path("contacts/add/", views.contact_add, name="contact_add"),
    path("contacts/all.vcf", views.contacts_vcard, name="contacts_vcard"),
    path("contacts/all.csv", views.contacts_csv, name="contacts_csv"),
    path("contacts/<int:pk>/edit/", views.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/remove/", views.contact_remove, name="contact_remove"),
    path("contacts/<int:pk>/restore/", views.contact_restore, name="contact_restore"),
    path("contacts/<int:pk>/card.vcf", views.contact_vcard, name="contact_vcard"),
]
