"""What the manager says about an entry behind a mailed link: read it, comment, correct that for ten minutes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.defaults import page_not_found

from placements.logbook import commenting
from placements.logbook.forms import CommentForm
from placements.logbook.models import CORRECT_MINUTES, Entry
from placements.logbook.reading import entry_context, entry_for
from portal.asks.asking import answered
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url, ended
from portal.files.serving import file_response
from portal.posted import whole_number
from portal.workflow import Refused

TEMPLATE = "logbook/logbook_ask.html"


@answers("logbook", Entry, title="Say something about a logbook entry", remind_after=(5,))
def logbook_by_link(request, ask, thing, step=""):
    """The page behind the link. Who is not the placement's manager any more, or an entry taken back: nothing."""
    if not thing.is_published or thing.placement.manager_id != ask.to_id:
        return ended(request, ask.pk, "", "withdrawn")
    entry = entry_for(ask.to, thing.pk)
    what, _, key = step.partition("-")
    number = whole_number(key)
    if what == "file":
        return file_response(get_object_or_404(entry.files.select_related("file"), pk=number).file)
    found = None
    if what in ("correct", "remove"):
        found = get_object_or_404(entry.comments.filter(by=ask.to), pk=number)
    elif step:
        return page_not_found(request, None)
    if request.method == "POST":
        return said(request, ask, entry, what, found)
    if found and not found.is_open_to(ask.to):
        return redirect(ask_url(request, ask))
    return page(request, ask, entry, CommentForm(initial={"words": found.words}) if found else CommentForm(), found)


def said(request, ask, entry, what: str, found):
    """Write, correct or remove a comment."""
    form = CommentForm(request.POST)
    if what != "remove" and not form.is_valid():
        return page(request, ask, entry, form, found, status=422)
    try:
        if what == "remove":
            commenting.withdraw(found, by=ask.to)
            messages.success(request, "Your comment is gone.")
        elif found:
            commenting.correct(found, form.cleaned_data["words"], by=ask.to)
            messages.success(request, "Corrected.")
        else:
            commenting.comment(entry, form.cleaned_data["words"], by=ask.to)
            answered(ask)
            messages.success(request, f"Thank you. You can correct it for {CORRECT_MINUTES} minutes.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(ask_url(request, ask))


def page(request, ask, entry, form, found, status=200):
    """The entry as the manager reads it, with the field for a comment (or for correcting `found`)."""
    context = entry_context(entry, ask.to, form) | {"correcting": found, "home": ask_url(request, ask)}
    for row in context["files"]:
        row.address = ask_url(request, ask, f"file-{row.pk}")
    for comment in context["comments"]:
        comment.correct_address = ask_url(request, ask, f"correct-{comment.pk}")
        comment.remove_address = ask_url(request, ask, f"remove-{comment.pk}")
    return ask_page(request, ask, TEMPLATE, context, status=status)
