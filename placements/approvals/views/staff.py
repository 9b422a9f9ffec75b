"""What tutors and the placement office do about a placement's approver."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from placements.approvals.approvers import mails_about, make_link, name_approver, send_link_again, weeks_waiting_of
from placements.approvals.forms import ApproverForm
from placements.approvals.models import DecisionLink
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.notices.mail import absolute
from portal.workflow import Refused


@role_required("tutor", "coordinator")
def approver_detail(request, pk):
    """Who approves the hours, what waits, which mails went out, and what can be done about it."""
    placement = placement_to_handle(request, pk)
    context = {
        "placement": placement,
        "waiting": list(weeks_waiting_of(placement)),
        "mails": mails_about(placement),
    }
    return render(request, "approvals/approver_detail.html", context)


@role_required("tutor", "coordinator")
def link_send(request, pk):
    """Mail the manager the link again, now, and go back to where it was pressed."""
    placement = placement_to_handle(request, pk)
    if request.method == "POST":
        try:
            send_link_again(placement, by=request.user)
            messages.success(request, f"A mail with the link is on its way to {placement.manager.name}.")
        except Refused as refused:
            messages.warning(request, str(refused))
    if request.POST.get("then") == "home":
        return redirect("home")
    return redirect("approver_detail", pk)


@role_required("tutor", "coordinator")
def link_copy(request, pk):
    """Make a link to hand over by other means; the next page shows it."""
    placement = placement_to_handle(request, pk)
    if request.method == "POST":
        try:
            return redirect("link_show", pk, make_link(placement, by=request.user).pk)
        except Refused as refused:
            messages.warning(request, str(refused))
    return redirect("approver_detail", pk)


@never_cache
@role_required("tutor", "coordinator")
def link_show(request, pk, link):
    """The link that this person made, to copy."""
    placement = placement_to_handle(request, pk)
    rows = DecisionLink.objects.select_related("manager").filter(placement=placement, made_by=request.user)
    link = get_object_or_404(rows, pk=link, manager=placement.manager)
    if not link.is_alive():
        raise Http404
    context = {"placement": placement, "link": link, "address": absolute(link.path())}
    return render(request, "approvals/link_show.html", context)


@role_required("tutor", "coordinator")
def manager_change(request, pk):
    """Name another of the employer's line managers as the approver."""
    placement = placement_to_handle(request, pk)
    form = ApproverForm(placement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        manager = form.cleaned_data["manager"]
        name_approver(placement, manager, by=request.user)
        messages.success(request, f"{manager.name} approves the hours from now on, and is told by mail.")
        return redirect("approver_detail", pk)
    context = {"placement": placement, "form": form}
    return render(request, "approvals/manager_change.html", context, status=422 if form.errors else 200)
