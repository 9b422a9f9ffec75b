"""The record of an accident: a page to print, a PDF, and putting its facts right."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from placements.concerns.forms import AccidentForm
from placements.concerns.models import Concern
from placements.concerns.views.reading import concern_or_404, looks_of
from portal.history.models import save
from portal.pdf import logo_uri, pdf_response


def accident_of(request, pk) -> Concern:
    """One with the facts of an accident, else 404. Reading it is a look like any other."""
    concern = concern_or_404(request, pk)
    if not hasattr(concern, "accident"):
        raise Http404
    return concern


def record_of(request, pk) -> dict:
    concern = accident_of(request, pk)
    looks_of(concern, request.user)
    return {
        "concern": concern,
        "accident": concern.accident,
        "provider": concern.provider,
        "logo": logo_uri(concern.provider),
        "made_at": timezone.now(),
    }


def accident_print(request, pk):
    """The record, to read, print or download."""
    return render(request, "concerns/accident_print.html", record_of(request, pk))


def accident_pdf(request, pk):
    context = record_of(request, pk)
    return pdf_response(
        request,
        "concerns/accident_print.html",
        context,
        f"Accident record - {context['concern'].student.name} - {context['accident'].happened_on:%-d %B %Y}.pdf",
    )


def accident_edit(request, pk):
    """Put the facts right; the history keeps what stood there before."""
    concern = accident_of(request, pk)
    if not concern.relations(request.user) & {"student", "tutor", "owner"}:
        raise PermissionDenied
    form = AccidentForm(request.POST or None, instance=concern.accident, student=concern.student)
    changed = []
    if form.is_valid() and form.stored_by(lambda: changed.extend(save(form.instance, by=request.user))):
        messages.success(request, "The record is corrected." if changed else "Nothing was changed.")
        return redirect("concern_detail", pk)
    context = {"concern": concern, "form": form}
    return render(request, "concerns/accident_edit.html", context, status=422 if form.is_bound else 200)
