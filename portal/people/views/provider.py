"""The provider itself, and one's own details."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from portal.access import role_required
from portal.history import models as history
from portal.people.forms import ProfileForm, ProviderForm
from portal.people.models import Provider, Role, User


@role_required(Role.COORDINATOR)
def provider_edit(request):
    provider = Provider.objects.get(pk=request.desk.provider_id)
    form = ProviderForm(request.POST or None, request.FILES or None, instance=provider)
    if form.is_valid() and form.stored_by(lambda: save_provider(form, by=request.user)):
        messages.success(request, "The provider's details have been saved.")
        return redirect("provider_edit")
    events = history.Event.objects.about(provider)[:50]
    return render(request, "people/provider_edit.html", {"form": form, "provider": provider, "events": events})


@transaction.atomic
def save_provider(form: ProviderForm, *, by):
    """Save a valid form: words with their history, the logo as a new file; the old file goes once all is stored."""
    provider, old = form.instance, form.instance.logo.name
    history.save(provider, by=by)
    new = form.cleaned_data["logo"]
    if not new and not form.cleaned_data.get("without_logo"):
        return
    storage = provider.logo.storage
    if new:
        provider.logo.save(f"{provider.pk}/{new.name}", new, save=False)
    else:
        provider.logo = ""
    provider.save(update_fields=["logo"])
    history.record(provider, "set a new logo" if new else "took the logo away", by=by)
    if old:
        transaction.on_commit(lambda: storage.delete(old))


def provider_logo(request):
    """The logo of the provider at whose desk one sits."""
    if not request.desk or not request.desk.provider.logo:
        raise Http404
    try:
        return FileResponse(request.desk.provider.logo.open())
    except FileNotFoundError as error:
        raise Http404 from error


@transaction.atomic
def save_profile(person: User, desks):
    """Save what somebody changed about themselves; each provider sees it in the history of the person."""
    if found := history.changes(User.objects.get(pk=person.pk), person):
        person.save()
        for desk in desks:
            history.record(desk, "changed " + "; ".join(found), by=person)


def profile_edit(request):
    """Everybody's own name and phone number."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        save_profile(form.instance, request.user.desks)
        messages.success(request, "Your details have been saved.")
        return redirect("profile_edit")
    return render(request, "people/profile_edit.html", {"form": form})
