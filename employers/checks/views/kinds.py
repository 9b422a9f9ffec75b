"""What a provider checks, for its placement office: the list, own kinds, changed wording, kinds that are not used."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from employers.checks.forms import CheckKindForm
from employers.checks.models import Check, CheckKind
from portal.access import role_required
from portal.history.models import Event, record, save
from portal.people.models import Role


def own_kinds(request):
    has_checks = Exists(Check.objects.filter(kind=OuterRef("pk")))
    kinds = CheckKind.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return kinds.annotate(has_checks=has_checks)


@role_required(Role.COORDINATOR)
def check_kind_list(request):
    return render(request, "checks/check_kind_list.html", {"kinds": own_kinds(request)})


@role_required(Role.COORDINATOR)
def check_kind_add(request):
    form = CheckKindForm(request.POST or None, instance=CheckKind(provider=request.desk.provider))
    if form.is_valid() and form.stored_by(lambda: save(form.instance, by=request.user)):
        messages.success(request, f"{form.instance} is checked from now on.")
        return redirect("check_kind_list")
    return render(request, "checks/check_kind_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required(Role.COORDINATOR)
def check_kind_edit(request, pk):
    """Checks that were made keep the wording under which they were made."""
    kind = get_object_or_404(own_kinds(request), pk=pk)
    title = kind.title
    form = CheckKindForm(request.POST or None, instance=kind, has_checks=kind.has_checks)
    if form.is_valid() and form.stored_by(lambda: save(kind, by=request.user)):
        messages.success(request, f"{kind} has been saved. Checks that are there keep their wording.")
        return redirect("check_kind_list")
    context = {"form": form, "kind": kind, "title": title, "events": Event.objects.about(kind)[:50]}
    return render(request, "checks/check_kind_edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.COORDINATOR)
def check_kind_stop(request, pk):
    """Not used any more: nothing waits for it, and checks that are there stay readable."""
    return used(request, pk, False, "stopped using it", "is not used any more")


@require_POST
@role_required(Role.COORDINATOR)
def check_kind_resume(request, pk):
    return used(request, pk, True, "took it up again", "is used again")


@transaction.atomic
def used(request, pk, is_used: bool, says: str, told: str):
    kind = get_object_or_404(own_kinds(request), pk=pk)
    if CheckKind.objects.filter(pk=kind.pk, is_used=not is_used).update(is_used=is_used):
        record(kind, says, by=request.user)
    messages.success(request, f"{kind} {told}.")
    return redirect("check_kind_list")
