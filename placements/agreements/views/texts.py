"""The agreement text as the placement office keeps it: every change is a new version."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from placements.agreements import agreeing
from placements.agreements.default_text import DEFAULT_TEXT
from placements.agreements.filling import PLACEHOLDERS, blocks
from placements.agreements.forms import TextForm
from placements.agreements.models import AgreementText
from portal.access import role_required
from portal.people.models import Role


@role_required(Role.COORDINATOR)
def agreement_text(request):
    """Read and change the text. Agreements that were made keep the words that people agreed to."""
    provider = request.desk.provider
    text = agreeing.text_of(provider)
    initial = {"text": text.text, "wants_parent": text.wants_parent}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        found = form.cleaned_data
        if (found["text"].strip(), found["wants_parent"]) == (text.text.strip(), text.wants_parent):
            messages.info(request, "Nothing was different, so the text stays as it is.")
        else:
            made = agreeing.new_text(provider, found["text"], wants_parent=found["wants_parent"], by=request.user)
            messages.success(request, f"Version {made.version} holds for agreements that are made from now on.")
        return redirect("agreement_text")
    context = {
        "form": form,
        "text": text,
        "placeholders": PLACEHOLDERS.items(),
        "versions": AgreementText.objects.filter(provider=provider).defer("text").select_related("made_by"),
    }
    return render(request, "agreements/agreement_text.html", context, status=422 if form.errors else 200)


@role_required(Role.COORDINATOR)
def agreement_text_version(request, version):
    """One version of the text, to read; 0 is the one that the portal ships."""
    provider = request.desk.provider
    if version > 32_000:
        raise Http404
    if version == 0:
        text = AgreementText(provider=provider, version=0, text=DEFAULT_TEXT)
    else:
        rows = AgreementText.objects.visible_to(request.user).filter(provider=provider)
        text = get_object_or_404(rows, version=version)
    return render(request, "agreements/agreement_text_version.html", {"text": text, "blocks": blocks(text.text)})
