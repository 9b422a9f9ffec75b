"""The people of the provider, for its coordinators."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.paging import BoundedPaginator
from portal.people import invitations, joining
from portal.people.filters import PeopleFilter
from portal.people.forms import STAFF_ROLES, PersonAddForm, PersonEditForm, RoleForm
from portal.people.models import Membership, Role, User
from portal.workflow import Refused

PAGE = 50


def own_people(request):
    """Everybody who belongs to the coordinator's provider, with `roles_here` (memberships) and `invited_at`."""
    memberships = Membership.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return (
        User.objects.filter(pk__in=memberships.values("user"))
        .annotate(invited_at=invitations.last_sent(request.desk.provider))
        .prefetch_related(Prefetch("memberships", memberships.order_by("pk"), to_attr="roles_here"))
    )


def person_or_404(request, pk):
    return get_object_or_404(own_people(request), pk=pk)


@role_required(Role.COORDINATOR)
def people_list(request):
    found = PeopleFilter(request.GET, own_people(request), provider=request.desk.provider)
    page = BoundedPaginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/people_list.html", {"filter": found, "page": page})


@role_required(Role.COORDINATOR)
def person_detail(request, pk):
    person = person_or_404(request, pk)
    taken = {membership.role for membership in person.roles_here}
    form = RoleForm()
    form.fields["role"].choices = [
        (role, words)
        for role, words in STAFF_ROLES
        if role not in taken and not joining.why_not_given(person, taken, role, is_called_so=True)
    ]
    context = {
        "person": person,
        "may_be_invited": invitations.may_be_invited(person),
        "fixed": joining.why_details_are_fixed(person, request.desk.provider),
        "form": form if form.fields["role"].choices else None,
        "events": Event.objects.about(*person.roles_here)[:50],
    }
    return render(request, "people/person_detail.html", context)


@role_required(Role.COORDINATOR)
def person_add(request):
    provider = request.desk.provider
    form = PersonAddForm(request.POST or None, provider=provider)
    if form.is_valid():
        details = form.cleaned_data
        wanted = details.pop("invite")
        person = joining.join(provider, details.pop("role"), **details, by=request.user)
        messages.success(request, f"{person.name} has been added.")
        if reason := invitations.why_not_invited(person):
            messages.info(request, reason)
        elif wanted:
            invite(request, person)
        return redirect("person_detail", person.pk)
    return render(request, "people/person_add.html", {"form": form})


@role_required(Role.COORDINATOR)
def person_edit(request, pk):
    person = person_or_404(request, pk)
    if reason := joining.why_details_are_fixed(person, request.desk.provider):
        messages.warning(request, reason)
        return redirect("person_detail", pk)
    form = PersonEditForm(request.POST or None, instance=User.objects.get(pk=pk))
    about = person.roles_here[0]
    if form.is_valid() and form.stored_by(lambda: joining.correct_details(form.instance, about=about, by=request.user)):
        messages.success(request, "The details have been saved.")
        return redirect("person_detail", pk)
    return render(request, "people/person_edit.html", {"form": form, "person": person})


@require_POST
@role_required(Role.COORDINATOR)
def role_add(request, pk):
    """Give somebody who belongs here a further role."""
    person = person_or_404(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        done = f"{person.name} is a {joining.called(role)} now."
        told(request, joining.give_role, person, request.desk.provider, role, by=request.user, done=done)
    else:
        messages.error(request, "Choose the role first.")
    return redirect("person_detail", pk)


@require_POST
@role_required(Role.COORDINATOR)
def role_withdraw(request, pk):
    """Take one role away that was given by hand; somebody without any role is not listed any more."""
    by_hand = Membership.objects.visible_to(request.user).filter(role__in=[role for role, _ in STAFF_ROLES])
    membership = get_object_or_404(by_hand.select_related("user", "provider"), pk=pk)
    done = f"{membership.user.name} is no longer a {joining.called(membership.role)} at {membership.provider}."
    told(request, joining.withdraw_role, membership, by=request.user, done=done)
    still_here = Membership.objects.filter(user=membership.user_id, provider=membership.provider_id).exists()
    return redirect("person_detail", membership.user_id) if still_here else redirect("people_list")


@require_POST
@role_required(Role.COORDINATOR)
def person_invite(request, pk):
    person = person_or_404(request, pk)
    invite(request, person)
    return redirect("person_detail", pk)


@require_POST
@role_required(Role.COORDINATOR)
def person_close(request, pk):
    """Let somebody not sign in any more."""
    person = person_or_404(request, pk)
    done = f"{person.name} cannot sign in any more. Their records stay."
    told(request, joining.close_access, person, request.desk.provider, by=request.user, done=done)
    return redirect("person_detail", pk)


@require_POST
@role_required(Role.COORDINATOR)
def person_open(request, pk):
    """Let somebody sign in again."""
    person = person_or_404(request, pk)
    done = f"{person.name} can sign in again."
    told(request, joining.open_access, person, request.desk.provider, by=request.user, done=done)
    return redirect("person_detail", pk)


def invite(request, person):
    done = f"An invitation is on its way to {person.email}."
    told(request, invitations.invite, person, request.desk.provider, by=request.user, done=done)


def told(request, act, *args, done: str, **kwargs):
    """Do something that its rules may refuse, and tell the person what came of it."""
    try:
        act(*args, **kwargs)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, done)
