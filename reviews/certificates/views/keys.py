"""The college's signature: which key signs, until when, and how it is replaced."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.pdf import disposition
from portal.people.models import Provider, Role
from portal.workflow import Refused
from reviews.certificates.forms import KeyForm
from reviews.certificates.keys import YEARS, make_key
from reviews.certificates.models import SigningKey

SHOWN = 20


@role_required(Role.COORDINATOR)
def signing_key(request, pk=None):
    """What signs now, a form for a key of one's own, and what signed before. `pk`: the key that a link was about."""
    rows = SigningKey.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    if pk and not rows.filter(pk=pk).exists():
        raise Http404
    form = KeyForm(request.POST, request.FILES) if request.method == "POST" else KeyForm()
    if form.is_valid() and form.take(Provider.objects.get(pk=request.desk.provider_id), by=request.user):
        messages.success(request, "The key signs from now on. What was signed before stays valid.")
        return redirect("signing_key")
    keys = list(rows.for_showing()[:SHOWN])
    context = {
        "form": form,
        "key": next((key for key in keys if key.retired_at is None), None),
        "earlier": [key for key in keys if key.retired_at],
        "events": Event.objects.about(*keys)[:50] if keys else [],
        "years": YEARS,
    }
    return render(request, "certificates/signing_key.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.COORDINATOR)
def signing_key_make(request):
    """Make a new key here; it replaces the one in use."""
    try:
        key = make_key(Provider.objects.get(pk=request.desk.provider_id), by=request.user)
        messages.success(request, f"A new key is in use. It signs until {key.last_on:%-d %B %Y}.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("signing_key")


@role_required(Role.COORDINATOR)
def signing_key_public(request, pk):
    """The public half, for whoever wants to have it trusted on their computers."""
    rows = SigningKey.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    key = get_object_or_404(rows.defer("sealed"), pk=pk)
    response = HttpResponse(bytes(key.certificate), content_type="application/pkix-cert")
    response["Content-Disposition"] = disposition(f"Signature of {key.called}.cer")
    return response
