"""The pages of comments, for those who are signed in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.logbook import commenting
from placements.logbook.forms import CommentForm
from placements.logbook.models import CORRECT_MINUTES, Comment, Entry
from placements.logbook.reading import entry_context, entry_for
from portal.access import role_required
from portal.people.models import Role
from portal.workflow import Refused


@require_POST
def logbook_comment(request, pk):
    """Write a comment or an answer."""
    entry = entry_for(request.user, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = entry_context(entry, request.user, form)
        return render(request, "logbook/logbook_entry.html", context, status=422)
    try:
        commenting.comment(entry, form.cleaned_data["words"], by=request.user)
        messages.success(request, f"Written. You can correct it for {CORRECT_MINUTES} minutes.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("logbook_entry", pk)


def comment_or_404(request, pk) -> Comment:
    """A comment by the person who is signed in, about an entry that they may see."""
    people = "entry__placement__student__user", "entry__placement__employer", "by"
    rows = Comment.objects.visible_to(request.user).filter(by=request.user).select_related(*people)
    return get_object_or_404(rows, pk=pk)


def logbook_comment_edit(request, pk):
    """Correct one's own comment while there is time."""
    found = comment_or_404(request, pk)
    if not found.is_open_to(request.user):
        messages.warning(request, str(commenting.too_late()))
        return redirect("logbook_entry", found.entry_id)
    form = CommentForm(request.POST or None, initial={"words": found.words})
    if request.method == "POST" and form.is_valid():
        commenting.correct(found, form.cleaned_data["words"], by=request.user)
        messages.success(request, "Corrected.")
        return redirect("logbook_entry", found.entry_id)
    context = {"form": form, "comment": found, "entry": found.entry, "placement": found.entry.placement}
    return render(request, "logbook/logbook_comment_edit.html", context, status=422 if form.errors else 200)


@require_POST
def logbook_comment_remove(request, pk):
    """Remove one's own comment while there is time."""
    found = comment_or_404(request, pk)
    try:
        commenting.withdraw(found, by=request.user)
        messages.success(request, "Your comment is gone.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("logbook_entry", found.entry_id)


@require_POST
@role_required(Role.STUDENT)
def logbook_ask(request, pk):
    """The student asks the manager to say something about an entry."""
    entry = get_object_or_404(Entry.objects.own(request.user).with_people(), pk=pk)
    try:
        commenting.ask_manager(entry, by=request.user)
        messages.success(request, f"{entry.placement.manager} has a mail with a link.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("logbook_entry", pk)
