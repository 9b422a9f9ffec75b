"""One page for everything that may change on a placement, with effect from a day."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.setup import later
from placements.setup.forms import ManagerFromForm, SiteFromForm
from placements.setup.models import LaterChange
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused

FORMS = {"manager": ManagerFromForm, "site": SiteFromForm}


@role_required(*STAFF)
def placement_change(request, pk):
    """What can be changed, in plain words, and what is planned already."""
    placement = placement_to_handle(request, pk)
    context = {
        "placement": placement,
        "planned": open_changes(placement),
        "moves": placement.moves(request.user),
        "is_over": placement.status == Placement.Status.ENDED,
    }
    return render(request, "placements/placement_change.html", context)


def open_changes(placement: Placement) -> list[LaterChange]:
    rows = placement.later_changes.filter(done_at=None, withdrawn_at=None)
    return list(rows.select_related("manager", "site"))


@role_required(*STAFF)
def placement_change_from(request, pk, what):
    """Another line manager or another site, from a day on."""
    placement = placement_to_handle(request, pk)
    if what not in FORMS or placement.status == Placement.Status.ENDED:
        raise Http404
    form = FORMS[what](request.POST if request.method == "POST" else None, placement=placement)
    if form.is_valid():
        try:
            found = form.cleaned_data
            change = later.change_from(placement, what, found[what], found["from_on"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, full_stop(change.sentence))
            return redirect("placement_change", pk)
    context = {"placement": placement, "form": form, "what": what, "planned": open_changes(placement)}
    return render(request, "placements/placement_change_from.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(*STAFF)
def later_change_take_back(request, pk):
    """Take a planned change back before its day."""
    rows = LaterChange.objects.visible_to(request.user).select_related("placement", "manager", "site")
    change = get_object_or_404(rows, pk=pk)
    placement_to_handle(request, change.placement_id)
    try:
        later.take_change_back(change, by=request.user)
        messages.success(request, "The planned change is taken back. Everything stays as it is.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("placement_change", change.placement_id)
