"""Coming in for the first time, by the link in the invitation. Opening the link changes nothing."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal.access import private
from portal.people import invitations
from portal.people.forms import WelcomeForm
from portal.workflow import Refused

BACKEND = "portal.people.backends.DeskBackend"


@sensitive_post_parameters("password")
@private
def welcome(request, token):
    """Choose a password, or go on without one; an old link offers to have a new one mailed."""
    person, state = invitations.read(token)
    if state != "alive":
        status = 404 if state == "unknown" else 200
        return render(request, "people/welcome_ended.html", {"state": state, "token": token}, status=status)
    form = WelcomeForm(request.POST if "with_password" in request.POST else None, user=person)
    if request.method == "POST" and ("without_password" in request.POST or form.is_valid()):
        if form.is_bound:
            person.set_password(form.cleaned_data["password"])
            person.save(update_fields=["password"])
        login(request, person, backend=BACKEND)
        messages.success(request, f"Welcome, {person.first_name}. You are signed in.")
        return redirect("home")
    return render(request, "people/welcome.html", {"form": form, "person": person, "desks": person.desks})


@require_POST
@private
def welcome_again(request, token):
    """Mail a new invitation to whom an old one was for. Nothing is shown but that."""
    person, state = invitations.read(token)
    if state == "unknown":
        raise Http404
    if state == "over" and person.desks:
        with suppress(Refused):  # one is on its way already, and that is what the page says
            invitations.invite(person, person.desks[0].provider, by=None)
    return render(request, "people/welcome_again.html")
