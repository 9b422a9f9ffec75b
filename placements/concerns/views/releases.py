"""The text that is made for a line manager: written, agreed by both sides, read, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.concerns.forms import ReleaseForm, WordsForm
from placements.concerns.models import Release
from placements.concerns.releasing import propose
from placements.concerns.views.acting import MEANWHILE
from placements.concerns.views.reading import concern_or_404, may_be_told
from portal.asks.models import Ask
from portal.posted import seen_in
from portal.workflow import Refused, SomebodyWasQuicker

SIDES = {"student", "staff"}


def release_or_404(request, pk) -> Release:
    return get_object_or_404(Release.objects.visible_to(request.user).with_people(), pk=pk)


def release_to_change(request, pk) -> Release:
    """One that the person has a say in: the student, the tutor, the owner."""
    release = release_or_404(request, pk)
    if not release.relations(request.user) & SIDES:
        raise PermissionDenied
    return release


def release_add(request, pk):
    """Write the first words for the line manager."""
    concern = concern_or_404(request, pk)
    if not concern.relations(request.user) & {"student", "tutor", "owner"}:
        raise PermissionDenied
    if not may_be_told(concern):
        messages.warning(request, "There is no line manager to write to.")
        return redirect("concern_detail", pk)
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                release = propose(concern, form.cleaned_data["text"], by=request.user)
        except IntegrityError:
            messages.warning(request, "Somebody was quicker: there are words for the line manager already.")
            return redirect("concern_detail", pk)
        messages.success(request, "Kept. Nothing goes to the line manager before the other side agrees, too.")
        return redirect("release_detail", release.pk)
    context = {"concern": concern, "form": form, "to": concern.placement.manager}
    return render(request, "concerns/release_add.html", context, status=422 if form.is_bound else 200)


def release_detail(request, pk):
    """What is or was to be told, to whom, agreed by whom and when. The line manager reads the text, and may answer."""
    release = release_or_404(request, pk)
    relations = release.relations(request.user)
    if not relations & (SIDES | {"office"}):
        return read_by_manager(request, release)
    context = {
        "release": release,
        "concern": release.concern,
        "moves": release.moves(request.user),
        "waits_for_me": release.waits_for(request.user),
        "asks": Ask.objects.about(release),
        "is_staff": "student" not in relations,
    }
    return render(request, "concerns/release_detail.html", context)


def read_by_manager(request, release: Release):
    """The line manager's page, signed in."""
    form = reply_form(request, release)
    if form.is_valid():
        release.read(by=request.user, reply=form.cleaned_data["text"])
        messages.success(request, "Thank you. The student and the college know that you have read it.")
        return redirect("release_detail", release.pk)
    context = {"release": release, "form": form, "provider": release.concern.provider}
    return render(request, "concerns/release_read.html", context, status=422 if form.is_bound else 200)


def reply_form(request, release: Release) -> WordsForm:
    """An optional answer of the line manager."""
    hint = f"{release.concern.student.user.first_name} and the college read it."
    posted = request.POST if request.method == "POST" else None
    return WordsForm(posted, label="Write back", hint=hint, required=False)


def release_edit(request, pk):
    """Other words; whoever agreed to the old ones has to agree anew."""
    release = release_to_change(request, pk)
    if "reword" not in release.moves(request.user):
        if request.method == "POST":
            messages.warning(request, MEANWHILE)
        return redirect("release_detail", pk)
    form = ReleaseForm(request.POST or None, initial={"text": release.text})
    if form.is_valid() and acted(request, release.reword, text=form.cleaned_data["text"]):
        messages.success(request, "Changed. The other side has to agree to the new words.")
        return redirect("release_detail", pk)
    context = {"release": release, "concern": release.concern, "form": form}
    return render(request, "concerns/release_edit.html", context, status=422 if form.is_bound else 200)


def acted(request, verb, **details) -> bool:
    try:
        verb(by=request.user, seen=seen_in(request.POST), **details)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, MEANWHILE if isinstance(refused, SomebodyWasQuicker) else str(refused))
        return False
    return True


@require_POST
def release_agree(request, pk):
    """Agree to exactly the words that were shown."""
    release = release_to_change(request, pk)
    if acted(request, release.agree):
        messages.success(
            request, f"Released. {release.to} gets a mail with a link to these words, and to nothing else."
        )
    return redirect("release_detail", pk)


@require_POST
def release_take_back(request, pk):
    """End it; nobody at the employer can open it any more."""
    release = release_to_change(request, pk)
    if acted(request, release.take_back):
        messages.success(request, f"Taken back. {release.to} cannot open it any more.")
    return redirect("release_detail", pk)
