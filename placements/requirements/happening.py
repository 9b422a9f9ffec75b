"""The checks of a student's employers in the timeline, for staff."""

from django.db.models import Exists, OuterRef, Q

from employers.checks.models import Check
from placements.models import Placement
from placements.requirements.queries import leaning_on_check
from portal.people.models import Role
from portal.timeline import Happening, happens


@happens("checks")
def made(student, user):
    """Current checks of their employers, made for the whole employer or at the site of a placement."""
    if not user.providers_as(Role.TUTOR, Role.COORDINATOR):
        return None
    here = Placement.objects.filter(student=student, employer=OuterRef("employer"))
    same_place = Q(Exists(here.filter(site=OuterRef("site")))) | Q(Exists(here), site=None)
    return Happening(
        Check.objects.visible_to(user).current().filter(same_place), "checked_on",
        lambda row: f"{row.words}, checked at {row.name}",
        "employer_checks", thing="employer_id", words="wording", name="employer__name", tone="good",
    )  # fmt: skip


@happens("checks")
def lapsing(student, user):
    """When they lapse, as long as a placement leans on them."""
    if not user.providers_as(Role.TUTOR, Role.COORDINATOR):
        return None
    return Happening(
        Check.objects.visible_to(user).current().filter(Exists(leaning_on_check().filter(student=student))),
        "expires_on",
        lambda row: f"{row.words} at {row.name} {'lapsed' if row.is_past else 'lapses'}",
        "employer_checks",
        thing="employer_id",
        words="wording",
        name="employer__name",
        tone="attention",
    )
