"""Changing desks."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.access import DESK_KEY


@require_POST
def desk_switch(request):
    """Work at another of one's own desks (a role at a provider)."""
    desk = next((desk for desk in request.user.desks if str(desk.pk) == request.POST.get("desk")), None)
    if desk is None:
        raise Http404
    request.session[DESK_KEY] = desk.pk
    return redirect("home")
