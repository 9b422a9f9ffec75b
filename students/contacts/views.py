"""The student's contacts: for the student alone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.pdf import disposition
from portal.tables import csv_response
from students.contacts import keeping
from students.contacts.forms import ContactFilter, ContactForm
from students.contacts.models import Contact
from students.contacts.vcard import vcard, vcards
from students.whose import own_student

PAGE = 50
HEADER = [
    "Name", "Role", "Organisation", "How we met", "Work e-mail", "Work phone", "Staying in touch", "Notes", "Added on",
]  # fmt: skip


def own_contacts(request):
    """Those of the desk in use, removed ones too."""
    return Contact.objects.visible_to(request.user).filter(student__provider=request.desk.provider_id)


@role_required("student")
def contact_list(request):
    contacts = own_contacts(request)
    found = ContactFilter(request.GET, contacts.kept())
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    removed = contacts.exclude(removed_at=None).order_by("-removed_at")[:PAGE]
    return render(request, "contacts/contact_list.html", {"filter": found, "page": page, "removed": removed})


@role_required("student")
def contact_add(request):
    form = ContactForm(request.POST or None, instance=Contact(student=own_student(request)))
    if form.is_valid():
        if keeping.add_contact(form.instance):
            messages.success(request, f"{form.instance} is on your list.")
        else:
            messages.info(request, f"{form.instance} was on your list already.")
        return redirect("contact_list")
    return render(request, "contacts/contact_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required("student")
def contact_edit(request, pk):
    contact = get_object_or_404(own_contacts(request).kept(), pk=pk)
    name = contact.name
    form = ContactForm(request.POST or None, instance=contact)
    if form.is_valid():
        keeping.change_contact(form.instance)
        messages.success(request, f"{form.instance} has been saved.")
        return redirect("contact_list")
    context = {"form": form, "contact": contact, "name": name}
    return render(request, "contacts/contact_edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required("student")
def contact_remove(request, pk):
    contact = get_object_or_404(own_contacts(request), pk=pk)
    keeping.remove_contact(contact)
    messages.success(request, f"{contact} is off your list. You can put them back below for a week.")
    return redirect("contact_list")


@require_POST
@role_required("student")
def contact_restore(request, pk):
    contact = get_object_or_404(own_contacts(request), pk=pk)
    keeping.restore_contact(contact)
    messages.success(request, f"{contact} is back on your list.")
    return redirect("contact_list")


# --- To take along --------------------------------------------------------------------------------------------------


@role_required("student")
def contact_vcard(request, pk):
    contact = get_object_or_404(own_contacts(request).kept(), pk=pk)
    return as_file(vcard(contact), f"{contact.name}.vcf")


@role_required("student")
def contacts_vcard(request):
    return as_file(vcards(own_contacts(request).kept()), "My contacts.vcf")


def as_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = disposition(name)
    return response


@role_required("student")
def contacts_csv(request):
    rows = (
        [c.name, c.role, c.organisation, c.met, c.email, c.phone, c.get_touch_display(), c.notes, localdate(c.added_at)]
        for c in own_contacts(request).kept()
    )
    return csv_response("my-contacts.csv", HEADER, rows)
