"""Asking for a reference, following it up, and the reference itself as a page and PDF."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.ending import referring
from placements.ending.forms import ReferenceAskForm
from placements.ending.models import Reference
from placements.ending.views.common import for_student_or_staff, thing_of_student
from portal.access import role_required
from portal.asks.models import Ask
from portal.pdf import logo_uri, pdf_response
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


@for_student_or_staff
def reference_ask(request, placement):
    """How the reference stands; a form to ask for one where none is asked or given."""
    references = list(placement.references.standing().select_related("manager"))
    standing = next((row for row in references if row.status != Reference.Status.DECLINED), None)
    form = ReferenceAskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            referring.ask_for_reference(placement, message=form.cleaned_data["message"], by=request.user)
            messages.success(request, f"A mail with a link is on its way to {placement.manager.name}.")
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect("reference_ask", placement.pk)
    is_staff = bool(placement.relations(request.user) & STAFF)
    context = {
        "form": form,
        "placement": placement,
        "reference": standing,
        "declined": [row for row in references if row.status == Reference.Status.DECLINED],
        "has_declined": any(row.manager_id == placement.manager_id for row in references),
        "is_staff": is_staff,
        "asks": Ask.objects.about(standing) if standing and is_staff else [],
    }
    return render(request, "ending/reference_ask.html", context, status=422 if form.errors else 200)


def done(request, reference, act, says: str):
    """Do an act and say what came of it."""
    try:
        act(reference, by=request.user)
        messages.success(request, says)
    except Refused as refused:
        messages.warning(request, str(refused))
    except SomebodyWasQuicker:
        reference.refresh_from_db()
        messages.warning(request, f"This has moved on meanwhile. {full_stop(reference.sentence())}")
    return redirect("reference_ask", reference.placement_id)


@require_POST
@role_required("student", *STAFF)
def reference_take_back(request, pk):
    reference = thing_of_student(request, Reference.objects.select_related("manager"), pk, ("student", *STAFF))
    return done(request, reference, referring.take_back, "Taken back: the link opens nothing any more.")


@require_POST
@role_required(*STAFF)
def reference_reopen(request, pk):
    """Let the manager change what was answered."""
    reference = thing_of_student(request, Reference.objects.select_related("manager"), pk, STAFF)
    says = f"{reference.manager.name} has a mail with a new link, and can change the answer."
    return done(request, reference, referring.reopen, says)


def given(request, pk) -> dict:
    """A reference that was given, for the student, staff and the manager who gave it; else 404."""
    people = "placement__student__user", "placement__student__tlevel", "placement__employer", "placement__provider"
    reference = get_object_or_404(Reference.objects.visible_to(request.user).select_related(*people), pk=pk)
    if reference.status != Reference.Status.GIVEN:
        raise Http404
    provider = reference.placement.provider
    return {"reference": reference, "provider": provider, "logo": logo_uri(provider), "made_at": timezone.now()}


def reference_print(request, pk):
    return render(request, "print/reference.html", given(request, pk))


def reference_pdf(request, pk):
    context = given(request, pk)
    name = f"Reference - {context['reference'].placement.student.name}.pdf"
    return pdf_response(request, "print/reference.html", context, name)
