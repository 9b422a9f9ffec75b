"""The page behind an ask: by its link, or for a signed-in person. And what staff do about it."""

from contextlib import suppress
from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.access import private, role_required
from portal.asks.asking import ask_again, thing_of, withdraw
from portal.asks.kinds import kinds
from portal.asks.models import LINK_DAYS, Ask
from portal.by_link import held_up
from portal.history.models import record
from portal.notices.mail import absolute
from portal.people.models import STAFF
from portal.posted import is_quiet, words_in
from portal.refusing import refused_quietly
from portal.workflow import Refused

ENDED = {  # what a link that opens nothing is, and how it answers
    "unknown": ("This link does not work", 404),
    "withdrawn": ("This is settled already", 410),
    "over": ("This link has ended", 410),  # it can be had anew
    "done": ("You have answered this", 200),
}


@csrf_exempt  # the address holds a secret, and no cookie lets anybody in: mail programs without cookies may answer
@private
def ask_link(request, pk, token, step=""):
    """Whoever holds the link answers as the person whom it was mailed to. Opening it writes nothing."""
    ask = Ask.objects.select_related("provider", "to").filter(pk=pk).first()
    if ask is None or not ask.is_opened_by(token) or (ask.to and not ask.to.is_active):
        return ended(request, pk, token, "unknown")
    thing = thing_of(ask)
    if thing is None or ask.withdrawn_at:
        return ended(request, pk, token, "withdrawn")
    if not ask.is_alive():
        return ended(request, pk, token, "done" if ask.is_answered else "over")
    return page_of(request, ask, thing, step, token)


def ask_detail(request, pk, step=""):
    """The same for the signed-in person whom it was put to."""
    ask = get_object_or_404(Ask.objects.visible_to(request.user).select_related("provider"), pk=pk)
    ask.to = request.user  # whose desks are known already
    thing = thing_of(ask)
    if thing is None or ask.withdrawn_at:
        return ended(request, pk, "", "withdrawn")
    return page_of(request, ask, thing, step, "")


def page_of(request, ask, thing, step, token):
    request.ask_token = token
    if token and (page := held_up(request, ask.to, ask.name)):
        return page
    return kinds[ask.kind].view(request, ask, thing, step=step)


def ask_url(request, ask, step: str = "") -> str:
    """The address of the page, or of a `step` below it, by the same way in which the person came."""
    way = [ask.pk, request.ask_token] if request.ask_token else [ask.pk]
    name = "ask_link" if request.ask_token else "ask_detail"
    return reverse(f"{name}_step", args=[*way, step]) if step else reverse(name, args=way)


def ask_page(request, ask, template: str, context: dict, status: int = 200):
    """Render a page behind an ask. By a link there is no desk: only the person asked counts."""
    context = {"ask": ask, "provider": ask.provider, "ask_url": ask_url(request, ask)} | context
    if request.ask_token:
        context |= {"role": "", "desk": SimpleNamespace(provider=ask.provider), "by_link": True}
    return render(request, template, context, status=status)


def ended(request, pk, token, state: str):
    """The calm page behind a link that opens nothing (`ENDED`). What was sent there is not stored, and comes back."""
    title, status = ENDED[state]
    if request.method == "POST":
        request.was_taken = False
        if is_quiet(request):
            return refused_quietly(f"Not saved. {title}.")
        status = 404 if state == "unknown" else 409
    context = {
        "state": state,
        "title": title,
        "again": reverse("ask_link_again", args=[pk, token]) if token else "",
        "written": words_in(request.POST),
        "link_days": LINK_DAYS,
    }
    return render(request, "asks/ask_ended.html", context, status=status)


@csrf_exempt
@private
def ask_link_again(request, pk, token):
    """Mail a new link to the address on file. The answer is the same whatever comes of it."""
    if request.method != "POST":
        return redirect("ask_link", pk, token)
    ask = Ask.objects.select_related("provider", "to").filter(pk=pk).first()
    if ask is not None and ask.is_opened_by(token) and ask.is_open and (thing := thing_of(ask)):
        with suppress(Refused):  # one went out a few minutes ago
            ask_again(ask, thing, by=None)
    return render(request, "asks/ask_link_again.html")


# --- What staff do ---


def ask_to_handle(request, pk):
    """(ask, thing) for staff who may see the thing; else 404."""
    ask = get_object_or_404(Ask.objects.select_related("provider", "to"), pk=pk)
    rows = kinds[ask.kind].model.objects.visible_to(request.user)
    thing = rows.filter(pk=ask.about_id).first()
    if thing is None or ask.provider_id not in request.user.providers_as(*STAFF):
        raise Http404
    return ask, thing


def way_back(request) -> str:
    """Where the person came from, if that is a page of this portal."""
    path = request.POST.get("back", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return path if is_ours else reverse("home")


def back(request):
    return redirect(way_back(request))


@require_POST
@role_required(*STAFF)
def ask_send(request, pk):
    """Mail the link again, now."""
    ask, thing = ask_to_handle(request, pk)
    try:
        ask_again(ask, thing, by=request.user)
        messages.success(request, f"A mail with the link is on its way to {ask.name}.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return back(request)


@require_POST
@role_required(*STAFF)
def ask_withdraw(request, pk):
    """Take the ask back."""
    ask, thing = ask_to_handle(request, pk)
    withdraw(ask, thing, by=request.user)
    messages.success(request, f"The link of {ask.name} opens nothing any more.")
    return back(request)


@require_POST
@never_cache
@role_required(*STAFF)
def ask_copy(request, pk):
    """The link, to hand over by other means. The history says who had it."""
    ask, thing = ask_to_handle(request, pk)
    if not ask.is_open or not ask.is_alive():
        raise Http404
    record(thing, f"copied the link of {ask.name}: {kinds[ask.kind].title}", by=request.user)
    context = {"ask": ask, "title": kinds[ask.kind].title, "address": absolute(ask.path()), "back": way_back(request)}
    return render(request, "asks/ask_copy.html", context)
