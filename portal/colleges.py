"""Whose name and telephone number a page shows: accidents are told to the college that the student belongs to."""

from portal.people.models import Provider, Role

RECORDS = (
    "placement",
    "student",
    "employer",
    "opportunity",
    "concern",
    "meeting",
)  # what a page is about, as it calls it


def colleges_of(context) -> list[Provider]:
    """The college of the record that the page is about, else that of the desk in use; a line manager's desk holds the
    students of all their colleges. `colleges` in the context: those of whoever holds a link, whoever is signed in.
    """
    if provider := context.get("provider"):
        return [provider]
    given, role, desk = context.get("colleges"), context.get("role"), context.get("desk")
    mine = context["user"].desks if role and desk else []
    known = {college.pk: college for college in given or [other.provider for other in mine]}
    if len(known) > 1:
        about = (getattr(context.get(name), "provider_id", None) for name in RECORDS)
        if found := next((known[provider] for provider in about if provider in known), None):
            return [found]
    if given is None and role == Role.MANAGER and desk:
        return colleges_managed(context["user"])
    return given or ([desk.provider] if desk else [])


def colleges_managed(user) -> list[Provider]:
    """The colleges whose students the person is a line manager of, by name."""
    return sorted((desk.provider for desk in user.desks if desk.role == Role.MANAGER), key=lambda college: college.name)
