"""Checks of one employer, for tutors and coordinators: recorded, corrected, taken out again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from employers.checks import keeping
from employers.checks.forms import CheckForm, TakeOutForm
from employers.checks.models import Check, CheckKind
from employers.models import Employer
from employers.panels import part_url
from portal.access import role_required
from portal.files.models import StoredFile
from portal.files.serving import file_response
from portal.history.models import Event
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused


def employer_or_404(request, pk) -> Employer:
    return get_object_or_404(Employer.objects.visible_to(request.user).select_related("provider"), pk=pk)


def check_or_404(request, pk) -> Check:
    checks = Check.objects.visible_to(request.user).select_related("employer__provider", "site", "kind", "document")
    return get_object_or_404(checks, pk=pk)


@role_required(*STAFF)
def employer_checks(request, pk):
    """The tab of an employer, under an address that a list needs only the employer for."""
    return redirect(part_url(pk, "checks"))


@role_required(*STAFF)
def check_add(request, pk, kind):
    """Record a check; a newer one replaces the one before. ?site= is the site that is meant."""
    employer = employer_or_404(request, pk)
    kind = get_object_or_404(CheckKind.objects.filter(provider=employer.provider_id).in_use(), pk=kind)
    initial = {"checked_on": timezone.localdate(), "checked_by": request.user.name}
    initial["sites"] = [site for site in request.GET.getlist("site") if site.isdecimal()]
    form = CheckForm(request.POST or None, request.FILES or None, kind=kind, employer=employer, initial=initial)
    if form.is_valid():
        sites = form.cleaned_data.get("sites") or [None]
        document = form.cleaned_data["document"]
        keeping.record_check(employer, kind, list(sites), facts=form.facts, document=document, by=request.user)
        messages.success(request, full_stop(f"Recorded: {kind}"))
        return redirect(part_url(employer, "checks"))
    context = {"form": form, "employer": employer, "kind": kind, "checks": part_url(employer, "checks")}
    return render(request, "checks/check_add.html", context, status=422 if form.errors else 200)


@role_required(*STAFF)
def check_edit(request, pk):
    """One check: correct it, see its history, take it out. An older one is only shown."""
    check = check_or_404(request, pk)
    form = CheckForm(request.POST or None, request.FILES or None, kind=check.kind, instance=check)
    if request.method == "POST" and check.is_current and form.is_valid() and changed(check, form, by=request.user):
        messages.success(request, f"{check.wording} has been saved.")
        return redirect(part_url(check.employer_id, "checks"))
    return show_check(request, check, form, TakeOutForm())


def changed(check: Check, form: CheckForm, *, by) -> bool:
    """Store what the form says; False where somebody was quicker."""
    return form.stored_by(lambda: keeping.change_check(check, document=form.cleaned_data["document"], by=by))


def show_check(request, check, form, take_out):
    events = Event.objects.about(check)[:50]
    context = {"check": check, "form": form, "take_out": take_out, "events": events, "employer": check.employer}
    context["checks"] = part_url(check.employer_id, "checks")
    wrong = form.errors or take_out.errors
    return render(request, "checks/check_edit.html", context, status=422 if wrong else 200)


@require_POST
@role_required(*STAFF)
def check_remove(request, pk):
    """Take a check out that was recorded by mistake; the one before holds again."""
    check = check_or_404(request, pk)
    form = TakeOutForm(request.POST)
    if not form.is_valid():
        return show_check(request, check, CheckForm(kind=check.kind, instance=check), form)
    try:
        keeping.take_out(check, because=form.cleaned_data["because"], by=request.user)
        messages.success(request, full_stop(f"Taken out: {check.wording}"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(part_url(check.employer_id, "checks"))


@role_required(*STAFF)
def check_document(request, pk):
    """The document of a check."""
    check = check_or_404(request, pk)
    return file_response(get_object_or_404(StoredFile, pk=check.document_id))
