"""Who looks after a worry, and who may see it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.concerns import owning
from placements.concerns.forms import ContactForm, HandOverForm, ReasonForm
from placements.concerns.models import Concern, Visibility
from placements.concerns.views.acting import MEANWHILE
from placements.concerns.views.reading import concern_or_404
from portal.access import role_required
from portal.people.models import Role
from portal.posted import seen_in
from portal.workflow import Refused, SomebodyWasQuicker


def done(request, act, *args, says: str, **details) -> bool:
    """Do it, and say what came of it; whether it was done."""
    try:
        act(*args, by=request.user, seen=seen_in(request.POST), **details)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, MEANWHILE if isinstance(refused, SomebodyWasQuicker) else str(refused))
        return False
    messages.success(request, says)
    return True


@require_POST
def concern_share(request, pk):
    """The student chooses anew who may see it."""
    concern = concern_or_404(request, pk)
    if "student" not in concern.relations(request.user):
        raise PermissionDenied
    if (visibility := request.POST.get("visibility", "")) in Visibility:
        shared = visibility == Visibility.OFFICE
        says = "The placement office can read this now." if shared else "Only your tutor can read this now."
        done(request, owning.choose_who_sees, concern, visibility, says=says)
    return redirect("concern_detail", pk)


def concern_contact(request, pk):
    """The student says anew whether, how and by whom they want to be reached."""
    concern = concern_or_404(request, pk)
    if "student" not in concern.relations(request.user):
        raise PermissionDenied
    wishes = {name: getattr(concern, name) for name in ("contact", "reach", "rather")}
    form = ContactForm(request.POST or None, initial=wishes)
    says = "Changed. Whoever looks after it sees this."
    if form.is_valid() and done(request, owning.choose_contact, concern, form.cleaned_data, says=says):
        return redirect("concern_detail", pk)
    context = {"concern": concern, "form": form}
    return render(request, "concerns/concern_contact.html", context, status=422 if form.is_bound else 200)


def for_its_owner(request, pk) -> Concern:
    """One that the person may hand on: the tutor's own, or one that they look after."""
    concern = concern_or_404(request, pk)
    if not concern.relations(request.user) & {"tutor", "owner"}:
        raise PermissionDenied
    return concern


def concern_hand_over(request, pk):
    """To one person of the placement office, with the reason."""
    concern = for_its_owner(request, pk)
    people = owning.coordinators_of(concern.provider_id).exclude(pk=concern.taken_by_id or 0)
    form = HandOverForm(request.POST or None, people=people)
    if form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        says = f"{to} looks after this now. The student is told, with your reason."
        if done(request, owning.hand_over, concern, to, reason=reason, says=says):
            return to_it_or_the_list(request, pk)
        concern = for_its_owner(request, pk)
    context = {"concern": concern, "form": form}
    return render(request, "concerns/concern_hand_over.html", context, status=422 if form.is_bound else 200)


@require_POST
def concern_hand_back(request, pk):
    """Back to the tutor."""
    concern = for_its_owner(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.warning(request, owning.WHY)
        return redirect("concern_detail", pk)
    says = f"{concern.tutor} looks after this again."
    done(request, owning.hand_back, concern, reason=form.cleaned_data["reason"], says=says)
    return to_it_or_the_list(request, pk)


def to_it_or_the_list(request, pk):
    """Its page, if the person may still read it."""
    still = Concern.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("concern_detail", pk) if still else redirect("concern_list")


def to_take_over(request, pk) -> Concern:
    """One that the coordinator may take over: open and theirs to read, or one of which they know that it waits."""
    own = Concern.objects.visible_to(request.user).filter(
        status__in=Concern.OPEN, provider__in=request.user.providers_as(Role.COORDINATOR)
    )
    known = Concern.objects.known_to(request.user, timezone.now())
    rows = Concern.objects.filter(Q(pk__in=known.values("pk")) | Q(pk__in=own.values("pk")))
    return get_object_or_404(rows.with_people(), pk=pk)


@role_required("coordinator")
def concern_waiting(request, pk):
    """Who should answer, and for how long somebody has waited: nothing of what it is. From here it is taken over."""
    concern = to_take_over(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        says = "You look after this now. The student is told, with your reason."
        if done(request, owning.take_over, concern, reason=form.cleaned_data["reason"], says=says):
            return redirect("concern_detail", pk)
        concern = to_take_over(request, pk)
    may_read = bool(concern.relations(request.user) & {"tutor", "office"})
    context = {"concern": concern, "form": form, "may_read": may_read}
    return render(request, "concerns/concern_waiting.html", context, status=422 if form.is_bound else 200)


@require_POST
@role_required("coordinator")
def concern_remind(request, pk):
    """Mail the owner once more."""
    if owning.remind(to_take_over(request, pk)):
        messages.success(request, "A mail is on its way. It says nothing of what this is about.")
    else:
        messages.warning(request, "A mail went out within the last hour. Ring them if it cannot wait.")
    return redirect("concern_waiting", pk)
