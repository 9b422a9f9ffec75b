"""Who looks after a worry, and who may see it. Every change of that is told to the student, with its reason."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from placements.concerns import telling
from placements.concerns.models import Concern, Visibility
from portal.people.models import Membership, Role, User
from portal.workflow import Refused

AGAIN_AFTER = timedelta(hours=1)
WHY = "Say in a few words why. The student reads it."


def coordinators_of(provider_id: int):
    """The coordinators of a provider who can sign in."""
    members = Membership.objects.filter(provider=provider_id, role=Role.COORDINATOR, user__is_active=True)
    return User.objects.filter(pk__in=members.values("user"))


@transaction.atomic
def take_over(concern: Concern, *, by: User, reason: str, seen: int):
    """A coordinator takes over what waits too long or has nobody (or what the office may read). Raises Refused."""
    if not concern.is_open:
        raise Refused("This is settled already. There is nothing to take over.")
    if not reason.strip():
        raise Refused(WHY)
    before = concern.owner
    if before == by:
        raise Refused("You look after this already.")
    whom = f" from {before}" if before else ""
    concern.change(by=by, says=f"took it over{whom}. Reason: {reason.strip()}", seen=seen, taken_by=by)
    tell_student(concern, f"I look after this now{', in place of ' + before.name if before else ''}. {reason}", by=by)


@transaction.atomic
def hand_over(concern: Concern, to: User, *, by: User, reason: str, seen: int):
    """Tutor or owner give it to a coordinator, who may read it from then on. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(WHY)
    concern.change(by=by, says=f"handed it over to {to}. Reason: {reason.strip()}", seen=seen, taken_by=to)
    tell_student(concern, f"{to} looks after this now and can read it. {reason}", by=by)
    telling.handed_over(concern)


@transaction.atomic
def hand_back(concern: Concern, *, by: User, reason: str, seen: int):
    """Back to the student's tutor. Whoever had taken it over cannot read it any more, unless the office may."""
    if concern.taken_by_id is None or concern.tutor is None:
        raise Refused("There is no tutor to hand it back to.")
    if not reason.strip():
        raise Refused(WHY)
    says = f"handed it back to {concern.tutor}. Reason: {reason.strip()}"
    concern.change(by=by, says=says, seen=seen, taken_by=None)
    tell_student(concern, f"{concern.tutor} looks after this again. {reason}", by=by)
    telling.handed_over(concern)


def tell_student(concern: Concern, text: str, *, by: User):
    """A notice in the conversation, and a mail that there is one."""
    concern.add_message(text.strip(), by=by, is_notice=True)
    telling.answered(concern)


@transaction.atomic
def choose_who_sees(concern: Concern, visibility: str, *, by: User, seen: int):
    """The student shares it with the placement office, or keeps it to the tutor again. Raises Refused."""
    if concern.kind.is_accident:
        raise Refused("The placement office has to know of an accident.")
    if visibility == Visibility.TUTOR and concern.tutor is None:
        raise Refused("You have no tutor at present, so the placement office looks after this.")
    if visibility == concern.visibility:
        return
    shared = visibility == Visibility.OFFICE
    says = "shared it with the placement office" if shared else "keeps it between themselves and the tutor again"
    concern.change(by=by, says=says, seen=seen, visibility=visibility)


@transaction.atomic
def choose_contact(concern: Concern, wishes: dict[str, str], *, by: User, seen: int):
    """The student says anew whether, how and by whom they want to be reached; the owner hears that something is new."""
    if all(getattr(concern, name) == value for name, value in wishes.items()):
        return
    concern.change(by=by, says="changed how to get in touch", seen=seen, **wishes)
    telling.news(concern, by=by)


@transaction.atomic
def remind(concern: Concern) -> bool:
    """Mail the owner once more, at most once in an hour; whether a mail went out."""
    return telling.due(concern, unless_since=timezone.now() - AGAIN_AFTER)
