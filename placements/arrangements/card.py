"""What stands on the two cards: the student's of the first day, and the line manager's of the student."""

from django.utils import timezone

from placements.arrangements.keeping import preparation_of
from placements.arrangements.models import FirstDay, first_day_at_work
from placements.goals.models import LearningGoal
from placements.hours.spells import required_of
from placements.models import Placement
from placements.setup.adjustments import read_at_work
from portal.pdf import logo_uri


def card_of(placement: Placement, known: FirstDay, relations: set[str]) -> dict:
    """The first-day card. The journey is the student's own, and stands on no other card than the student's."""
    day, agreed = first_day_at_work(placement)
    return {
        "placement": placement,
        "known": known,
        "day": day,
        "agreed": agreed,
        "is_student": "student" in relations,
        "preparation": preparation_of(placement) if "student" in relations else None,
        "provider": placement.provider,
        "logo": logo_uri(placement.provider),
        "made_at": timezone.now(),
    }


def briefing_of(placement: Placement, reader) -> dict:
    """The briefing card: what whoever looks after the student at work must know, and nothing more.

    What the student released to the line manager stands on it for those who may read it, and their look is noted.
    """
    student, today = placement.student, timezone.localdate()
    brief, hours = getattr(student.tlevel, "brief", None), getattr(student, "hours", None)
    return {
        "placement": placement,
        "student": student,
        "brief": str(brief) if brief else a_t_level(student),
        "goals": LearningGoal.objects.filter(placement=placement).current(),
        "agreed": placement.pattern.described(max(today, placement.first_on)) if placement.pattern else "",
        "week_minutes": sum(day.minutes for day in placement.pattern.in_force_on(today).values()),
        "helps": read_at_work(placement, reader),
        "required": required_of(student, placement.first_on),
        "counted": hours.counted if hours else 0,
        "waiting": hours.waiting if hours else 0,
        "first_day": first_day_at_work(placement)[0],
        "provider": placement.provider,
        "logo": logo_uri(placement.provider),
        "made_at": timezone.now(),
    }


def a_t_level(student) -> str:
    """For a T Level that has no words of its own yet."""
    return (
        f"{student.tlevel} is a T Level: a technical course of two years for 16 to 19 year-olds. "
        "The placement is the part in which they learn at a real workplace."
    )
