"""The line manager reads, by the link in a mail, the text that student and college agreed to. Nothing else."""

from django.contrib import messages
from django.shortcuts import redirect

from placements.concerns.models import Release
from placements.concerns.views.releases import reply_form
from portal.asks.asking import answered
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url, ended


@answers("concern_release", Release, title="Read a note from the college", goes_over=False)
def read_by_link(request, ask, thing, step=""):
    """The text, 'I have read it', and room to write back. It ends with the person's time as line manager."""
    release = Release.objects.with_people().get(pk=thing.pk)
    if (
        release.status != Release.Status.RELEASED
        or release.to_id != ask.to_id
        or release.placement.manager_id != ask.to_id
    ):
        return ended(request, ask.pk, "", "withdrawn")
    form = reply_form(request, release)
    if form.is_valid():
        release.read(by=ask.to, reply=form.cleaned_data["text"])
        answered(ask)
        messages.success(request, "Thank you. The student and the college know that you have read it.")
        return redirect(ask_url(request, ask))
    context = {"release": release, "form": form}
    return ask_page(request, ask, "concerns/release_read.html", context, status=422 if form.is_bound else 200)
