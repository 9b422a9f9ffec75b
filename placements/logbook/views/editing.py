"""The student writes: an entry begun, saved while typing, shared, taken back, removed, put back."""

import uuid

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.logbook import writing
from placements.logbook.forms import EntryForm
from placements.logbook.keeping import keep_token, keeps_words
from placements.logbook.models import DAYS_KEPT, FILES_AT_MOST, Entry, EntryFile
from placements.logbook.naming import seems_to_name
from placements.logbook.prefilling import chosen_placement, entry_of, given, own_placements
from placements.logbook.private import own_entries
from portal.access import role_required
from portal.own_saves import Overtaken, Seen, new_page
from portal.people.models import Role
from portal.posted import is_quiet, seen_in
from portal.workflow import Refused, SomebodyWasQuicker

TEMPLATE = "logbook/logbook_edit.html"
SHARED = "Shared. Your tutor and your manager can read it."


@keeps_words
@role_required(Role.STUDENT)
def logbook_add(request):
    """A new entry, prefilled with a day or hours from the address. The first save makes the draft."""
    placements = own_placements(request)
    placement = chosen_placement(request, placements)
    if placement is None:
        return render(request, "logbook/logbook_add.html")
    if request.method == "POST":
        entry = begun(request, placement)
        return entry_sent(request, entry, seen=Seen.of(request.POST, version=0))
    known = given(request, placement)
    if found := entry_of(placement, known):
        return redirect("logbook_edit", found.pk)
    entry = Entry(placement=placement, **known.fields())
    form = EntryForm(placement=placement, initial=known.initial())
    return entry_page(request, entry, form, others=[other for other in placements if other != placement])


def begun(request, placement) -> Entry:
    """The draft that a form for a new entry makes; the same one if the form was sent before."""
    key = key_in(request)
    rows = own_entries(request.user).filter(key=key)
    day = max(min(timezone.localdate(), placement.last_on), placement.first_on)
    return rows.first() or writing.begin(placement, key=key, day=day) or get_object_or_404(rows)


@keeps_words
@role_required(Role.STUDENT)
def logbook_edit(request, pk):
    """Write on in an entry of one's own."""
    entry = get_object_or_404(own_entries(request.user), pk=pk)
    if request.method == "POST":
        return entry_sent(request, entry, seen=Seen.of(request.POST))
    if entry.is_removed:
        return redirect("logbook_entry", entry.pk)
    return entry_page(request, entry, EntryForm(placement=entry.placement, entry=entry))


def entry_sent(request, entry, *, seen):
    """Store what was sent, as far as it can be; then share it, show what is wrong, or go on."""
    quietly, do = is_quiet(request), request.POST.get("do", "draft")
    sharing = do == "share" or entry.is_published
    form = EntryForm(
        request.POST, request.FILES, placement=entry.placement, entry=entry, sharing=sharing and not quietly
    )
    valid = form.is_valid()
    left = writing.attach(entry, form.good_files, by=request.user)
    if left:
        form.add_error("files", f"At most {FILES_AT_MOST} files are possible. Left out: {', '.join(left)}.")
        valid = False
    try:
        if entry.is_draft or not (quietly or set(form.errors) - {"files"}):
            writing.write(entry, form.cleaned_data, by=request.user, seen=seen)
    except SomebodyWasQuicker as quicker:
        if not (quietly and isinstance(quicker, Overtaken)):
            return conflict(request, entry, form, quietly)
    if quietly:
        return saved_quietly(request, entry, form)
    if not valid:
        return entry_page(request, entry, form, status=422)
    if do == "share" and entry.is_draft:
        return share(request, entry, form)
    messages.success(request, "Saved." if entry.is_published else "Kept as a draft. Only you see it.")
    return redirect("logbook_entry", entry.pk)


def share(request, entry, form):
    """Share what was just saved; names are asked about first, once."""
    if form.names_to_ask_about():
        return entry_page(request, entry, form, names=form.names())
    entry.moves_with_page()
    writing.publish(entry, by=request.user)
    messages.success(request, SHARED)
    return redirect("logbook_entry", entry.pk)


def saved_quietly(request, entry, form):
    """The answer to the script that saves while typing. What is wrong is named; the rest is stored."""
    if entry.is_published:
        return JsonResponse({"says": "Not saved yet. Press Save."}, status=409)
    wrong = next((f"“{form[name].label}”. {errors[0]}" for name, errors in form.errors.items()), "")
    says = f"Not saved yet: {wrong}" if wrong else f"Saved at {timezone.localtime():%H:%M}"
    url = reverse("logbook_edit", args=[entry.pk])
    told = {"seen": entry.version, "says": says, "url": url, "names": ", ".join(form.names())}
    return JsonResponse(told, status=422 if wrong else 200)


def conflict(request, entry, form, quietly):
    """Two tabs or two devices: say so, and show again what was typed here."""
    if quietly:
        says = "Changed elsewhere meanwhile. Press Keep as draft: it loses nothing of yours and tells you more."
        return JsonResponse({"says": says}, status=409)
    entry = get_object_or_404(own_entries(request.user), pk=entry.pk)
    if entry.is_removed:
        messages.warning(request, "This entry was removed meanwhile. Put it back first; what you typed is below.")
    else:
        messages.warning(
            request,
            "This entry was changed in another tab or on another device since you opened it. Below is what you typed "
            "here. Save to keep this instead, or load the page again to see the other.",
        )
    return entry_page(request, entry, form, status=409)


def entry_page(request, entry, form, *, names=(), others=(), status=200):
    """The page on which an entry is written. `others`: placements that a new entry could be about instead."""
    context = {
        "entry": entry,
        "form": form,
        "names": names,
        "asked": "|".join(names),
        "keep": keep_token(entry),
        "page_name": new_page(),
        "files": entry.files.select_related("file") if entry.pk else [],
        "others": others,
        "action": reverse("logbook_edit", args=[entry.pk]) if entry.pk else request.get_full_path(),
    }
    return render(request, TEMPLATE, context, status=status)


# --- The moves ---


@require_POST
@role_required(Role.STUDENT)
def logbook_publish(request, pk):
    """Share a draft as it stands, from the page on which it is read; names are asked about first."""
    entry = get_object_or_404(own_entries(request.user), pk=pk)
    if entry.is_draft and (names := seems_to_name(entry.did, entry.learned)):
        return entry_page(request, entry, EntryForm(placement=entry.placement, entry=entry), names=names)
    return moved(request, entry, writing.publish, SHARED)


@require_POST
@role_required(Role.STUDENT)
def logbook_take_back(request, pk):
    """Make a shared entry a draft again."""
    entry = get_object_or_404(own_entries(request.user), pk=pk)
    return moved(request, entry, writing.take_back, "It is a draft again. Only you see it.")


@require_POST
@role_required(Role.STUDENT)
def logbook_remove(request, pk):
    """Take an entry out; it can be put back for a while."""
    entry = get_object_or_404(own_entries(request.user), pk=pk)
    says = f"Removed. You can put it back within {DAYS_KEPT} days."
    return moved(request, entry, writing.remove, says)


@require_POST
@role_required(Role.STUDENT)
def logbook_put_back(request, pk):
    """Undo the removal."""
    entry = get_object_or_404(own_entries(request.user), pk=pk)
    return moved(request, entry, Entry.put_back, "It is back, as a draft.")


def moved(request, entry, move, says: str):
    """Do a move and say so, or why not."""
    try:
        move(entry, by=request.user, seen=seen_in(request.POST) if "seen" in request.POST else None)
        messages.success(request, says)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return redirect("logbook_entry", entry.pk)


@require_POST
@role_required(Role.STUDENT)
def logbook_file_remove(request, pk):
    """Take a file away from an entry of one's own, for good."""
    own = Entry.objects.own(request.user).written()
    rows = EntryFile.objects.select_related("file", "entry__placement").filter(entry__in=own)
    row = get_object_or_404(rows, pk=pk)
    writing.detach(row, by=request.user)
    messages.success(request, f"{row.file.name} is gone.")
    return redirect("logbook_edit", row.entry_id)


def key_in(request) -> uuid.UUID:
    """The key of a form for a new entry. Raises Http404 for nonsense."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error
