"""Somebody whose session ended while they wrote: their words stay with the draft, and nothing else is possible."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from placements.logbook import writing
from placements.logbook.forms import EntryForm
from placements.logbook.models import Entry
from placements.models import Placement
from portal.own_saves import Seen
from portal.posted import is_quiet, keeps_late_words
from portal.workflow import SomebodyWasQuicker

SALT = "logbook-of-somebody-signed-out"
SECONDS = 2 * 24 * 60 * 60
LONGEST = {name: EntryForm.base_fields[name].max_length for name in (*Entry.WORDS, "reflection")}


def keep_token(entry: Entry) -> str:
    """Lets a page that is sent after the session ended leave its words with this draft, and do nothing else."""
    ours = {"key": str(entry.key), "placement": entry.placement_id, "user": entry.placement.student.user_id}
    return signing.dumps(ours, salt=SALT, compress=True)


def keeps_words(view):
    """A view to write in: whoever is signed out keeps what they sent, and is asked to sign in."""

    @login_not_required
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        if entry := kept(request.POST):
            messages.info(request, "You were signed out meanwhile. What you wrote is kept: sign in and go on.")
            return redirect_to_login(reverse("logbook_edit", args=[entry.pk]))
        return render(request, "logbook/signed_out.html", {"written": storable(request.POST).values()}, status=401)

    return keeps_late_words(sent_too_late)(wrapper)


def sent_too_late(request, pk=None):
    """Keep what was written on a page that can no longer be sent; None where it was not its student's draft."""
    entry = kept(request.POST)
    if entry is None:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("logbook_edit", args=[entry.pk]))
    if request.user.pk != entry.placement.student.user_id:
        return None
    if not is_quiet(request):
        messages.warning(
            request, "This page was open for too long to be saved. What you wrote is kept: look it over and save it."
        )
    return redirect("logbook_edit", entry.pk)


def storable(data) -> dict[str, str]:
    """What was typed, as far as it can be stored."""
    found = {name: data.get(name, "").replace("\x00", "").strip() for name in LONGEST}
    return {name: words for name, words in found.items() if words}


def kept(data) -> Entry | None:
    """The draft that now holds what was sent; None where it is not the sender's, does not fit, or has moved on."""
    try:
        ours = signing.loads(data.get("keep", ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    rows = Placement.objects.with_people().exclude(status=Placement.Status.PLANNED)
    placement = rows.filter(pk=ours["placement"], student__user=ours["user"], student__user__is_active=True).first()
    words = storable(data)
    if placement is None or any(len(text) > LONGEST[name] for name, text in words.items()):
        return None
    day = max(min(timezone.localdate(), placement.last_on), placement.first_on)
    drafts = Entry.objects.with_people().filter(placement=placement, key=ours["key"])
    entry = drafts.first() or writing.begin(placement, key=ours["key"], day=day)
    if entry is None or not entry.is_draft:
        return None
    try:
        writing.write(entry, words, by=placement.student.user, seen=Seen.of(data))
    except SomebodyWasQuicker:
        return None
    return entry
