"""Keeping an employer's line managers, and taking away what was never used."""

from collections import Counter

from django.db import models, transaction

from employers.models import Employer, LineManager
from portal.history.models import record, save
from portal.people import joining
from portal.people.models import Membership, Role
from portal.workflow import Refused


@transaction.atomic
def add_line_manager(employer: Employer, *, job_title: str = "", by, **person) -> LineManager:
    """Name a line manager: whoever has the e-mail address (also at another provider), else a new person."""
    user = joining.join(employer.provider, Role.MANAGER, **person, by=by)
    found, is_new = LineManager.objects.get_or_create(employer=employer, user=user, defaults={"job_title": job_title})
    if is_new:
        record(employer, f"added {user.name} as a line manager", by=by)
    return found


def why_name_is_fixed(line_manager: LineManager) -> str:
    """Why name and address may not be corrected, as a sentence; '' if they may."""
    person = line_manager.user
    if not person.is_invited_only:
        return (
            f"{person.name} has signed in, so name and phone number are now theirs to change, under 'Your details'. "
            "For a new address, add a line manager with it."
        )
    return joining.why_details_are_fixed(person, line_manager.employer.provider)


@transaction.atomic
def correct_line_manager(line_manager: LineManager, person: dict, *, by):
    """Save the line manager (the job title), and those details of the person that are given."""
    save(line_manager, by=by)
    for name, value in person.items():
        setattr(line_manager.user, name, value)
    joining.correct_details(line_manager.user, about=line_manager, by=by)


@transaction.atomic
def remove_line_manager(line_manager: LineManager, *, by):
    """Take a line manager away who manages no placement of this employer. Raises Refused with the reason.

    With their last employer at the provider, the role ends as well.
    """
    employer, person = line_manager.employer, line_manager.user
    if managed := person.managed.filter(employer=employer).count():
        raise Refused(
            f"{person.name} is named on {counted(managed, 'placement')}. Name another line manager there first."
        )
    record(employer, f"removed {person.name} as a line manager", by=by)
    line_manager.delete()
    if not LineManager.objects.filter(user=person, employer__provider=employer.provider_id).exists():
        for desk in Membership.objects.filter(user=person, provider=employer.provider_id, role=Role.MANAGER):
            joining.withdraw_role(desk, by=by)


@transaction.atomic
def remove_employer(employer: Employer, *, by) -> str:
    """Take an employer away that never hosted anybody, with all that belongs to it. Else raises Refused.

    Returns what went with it in words ('2 checks and 1 site'), '' for nothing.
    """
    if hosted := employer.placements.count():
        raise Refused(f"{employer} has {counted(hosted, 'placement')} and is kept for the record.")
    for line_manager in employer.line_managers.select_related("user", "employer"):
        remove_line_manager(line_manager, by=by)
    return remove(employer, about=employer.provider, by=by)


@transaction.atomic
def remove(thing: models.Model, *, about: models.Model, by) -> str:
    """Delete a site or an employer that nothing refers to, with a line on the page of `about`. Else raises Refused.

    What goes with it (checks, conversations, sites) is counted in that line, and returned in words.
    """
    try:
        with transaction.atomic():
            said, label = str(thing), thing._meta.verbose_name
            parts = {relation.related_model._meta for relation in thing._meta.related_objects}
            gone = thing.delete()[1]
    except models.ProtectedError as error:
        raise Refused(f"{said} belongs to {in_words(error.protected_objects)} and is kept for the record.") from error
    with_it = named({meta: gone[meta.label] for meta in parts if gone.get(meta.label)})
    record(about, f"removed the {label} {said}{f', and with it {with_it}' if with_it else ''}", by=by)
    return with_it


def in_words(things) -> str:
    """'1 placement and 2 opportunities'."""
    return named(Counter(type(thing)._meta for thing in things))


def named(numbers: dict) -> str:
    """How many of which models (by their _meta), in words."""
    called = [f"{n} {meta.verbose_name if n == 1 else meta.verbose_name_plural}" for meta, n in numbers.items()]
    return " and ".join(sorted(called))


def counted(number: int, what: str) -> str:
    """'1 placement', '3 placements'."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
