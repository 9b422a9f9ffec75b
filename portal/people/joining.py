"""Who belongs to a provider: joining, giving up a role, having no access any more, and who may correct whose details.

People are found by their e-mail address, also when another provider knows them; nothing here says which one.
"""

from django.db import transaction

from portal.history.models import changes, record
from portal.people.leaving import what_keeps
from portal.people.models import Membership, Provider, Role, User
from portal.workflow import Refused


def find(email: str) -> User | None:
    """The person with this address, whatever its capitals."""
    return User.objects.filter(email__iexact=email.strip()).first()


@transaction.atomic
def join(provider: Provider, role: str, *, email: str, first_name: str, last_name: str, phone: str = "", by) -> User:
    """Give whoever has this address a role at `provider`; nobody has it: make them, without a password.

    The name of somebody who is known already stays as it is. A role that they have already changes nothing.
    """
    user = find(email) or User.objects.create_user(
        email.strip(), first_name=first_name, last_name=last_name, phone=phone
    )
    give_role(user, provider, role, by=by)
    return user


@transaction.atomic
def give_role(user: User, provider: Provider, role: str, *, by) -> Membership:
    """Give a person a role at `provider`, once. Raises Refused where it does not go with what they are there."""
    if reason := why_not_given(user, set(roles_at(user, provider)), role, is_called_so=True):
        raise Refused(reason)
    membership, is_new = Membership.objects.get_or_create(user=user, provider=provider, role=role)
    if is_new:
        record(membership, f"gave {user.name} the role of {called(role)}", by=by)
    user.__dict__.pop("desks", None)
    return membership


@transaction.atomic
def withdraw_role(membership: Membership, *, by):
    """Take a role away. Raises Refused with what must be settled first. History moves to the provider's page."""
    Provider.objects.select_for_update().get(pk=membership.provider_id)
    if reasons := what_keeps(membership):
        raise Refused(*reasons)
    record(membership.provider, f"withdrew {membership.user.name}'s role of {called(membership.role)}", by=by)
    membership.delete()


def called(role: str) -> str:
    """A role within a sentence: 'line manager'."""
    return Role(role).label.lower()


def why_not_joining(provider: Provider, role: str, *, email: str, first_name: str, last_name: str) -> str:
    """Why whoever has this address is not given `role` under this name, as a sentence; '' if nothing speaks against it.

    It is a mistyped address most likely. Of somebody whom `provider` does not know, neither the name is told nor where
    they belong. Who has the role already is met again under the name that they have, never by a slip.
    """
    user = find(email)
    if user is None:
        return ""
    roles_here, is_called_so = set(roles_at(user, provider)), is_called(user, first_name, last_name)
    if reason := why_not_given(user, roles_here, role, is_called_so):
        return reason
    return "" if is_called_so else asked_about(user, role)


def asked_about(user: User, role: str) -> str:
    """What is asked where the address of somebody who has the role was typed with another name."""
    return (
        f"{user.name} has this address and is a {called(role)} here already. Check the address; or, if it is "
        f"{user.name}, write the name like this and send it again."
    )


def is_called(user: User, first_name: str, last_name: str) -> bool:
    """Whether this is somebody's name, whatever its capitals."""
    wanted = (first_name.casefold(), last_name.casefold())
    return (user.first_name.casefold(), user.last_name.casefold()) == wanted


def why_not_given(user: User, roles_here: set[str], role: str, is_called_so: bool) -> str:
    """The same of a person who was found already: for the verb; for imports, which ask for thousands and may rename."""
    if role != Role.STUDENT and Role.STUDENT in roles_here:
        return f"This is the address of {user.name}, a student here. A {called(role)} needs one of their own."
    if role == Role.STUDENT and roles_here & {Role.TUTOR, Role.COORDINATOR}:
        return f"This is the address of {user.name}, who works here. A student needs one of their own."
    if is_called_so or role in roles_here:
        return ""
    if roles_here:
        return f"{user.name} has this address here. Check it, or write the name in the same way."
    return "The portal knows this address under another name. Check the address and the spelling of the name."


def roles_at(user: User, provider: Provider) -> list[str]:
    """The roles that somebody has at `provider`."""
    return list(user.memberships.filter(provider=provider).values_list("role", flat=True))


def is_known_elsewhere(user: User, provider: Provider) -> bool:
    """Whether somebody besides `provider` relies on this person's details."""
    return user.is_staff or user.memberships.exclude(provider=provider).exists()


def names_themselves(user: User) -> bool:
    """Whether somebody may correct their own name. A student's stands on statements, so their office corrects it."""
    if user.is_staff:
        return True
    return any(desk.role != Role.STUDENT for desk in user.desks) or len({desk.provider_id for desk in user.desks}) > 1


def why_details_are_fixed(user: User, provider: Provider) -> str:
    """Why `provider` may not correct this person's name and address, as a sentence; '' if it may."""
    if is_known_elsewhere(user, provider):
        return (
            f"{user.name} looks after their own details: they can change name and phone number under 'Your details'. "
            "Their e-mail address can only be changed by the operator of the portal."
        )
    return ""


@transaction.atomic
def correct_details(user: User, *, about, by) -> list[str]:
    """Save the changed details of a person, with history on the page of `about` (a membership, a student, ...)."""
    found = changes(User.objects.get(pk=user.pk), user)
    if found:
        user.save()
        record(about, "changed " + "; ".join(found), by=by)
    return found


@transaction.atomic
def close_access(user: User, provider: Provider, *, by):
    """Let somebody not sign in any more; their records stay. Raises Refused with the reason."""
    Provider.objects.select_for_update().get(pk=provider.pk)
    if user == by:
        raise Refused("You cannot close your own access. Another coordinator can do it.")
    if is_known_elsewhere(user, provider):
        raise Refused(f"{user.name} does not only work with {provider}. Withdraw their roles here instead.")
    memberships = user.memberships.filter(provider=provider).select_related("user", "provider")
    reasons = [reason for desk in memberships if desk.role != Role.STUDENT for reason in what_keeps(desk)]
    if reasons:
        raise Refused(*reasons)
    set_active(user, memberships, False, by=by)


@transaction.atomic
def open_access(user: User, provider: Provider, *, by):
    """Let somebody whose access was closed sign in again. Raises Refused where that is not the provider's to decide."""
    if is_known_elsewhere(user, provider):
        raise Refused("Only the operator of the portal can let this person sign in again.")
    set_active(user, user.memberships.filter(provider=provider), True, by=by)


def set_active(user, memberships, is_active: bool, *, by):
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    says = f"opened {user.name}'s access again" if is_active else f"closed {user.name}'s access: they cannot sign in"
    for membership in memberships:
        record(membership, says, by=by)
