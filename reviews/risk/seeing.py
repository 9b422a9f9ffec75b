"""Putting aside that a student's hours cannot be reached."""

from django.db import transaction
from django.utils import timezone

from portal.history.models import record
from portal.people.models import Role
from portal.workflow import Refused
from reviews.risk.judging import Level
from reviews.risk.models import ReachSeen, Standing
from students.models import Student


def is_asked(desk, student: Student) -> bool:
    """Whether what cannot be reached stands among the needs of this desk: of the tutor, or where there is none of the
    placement office."""
    asked = desk.user_id if desk.role == Role.TUTOR else None
    return student.tutor_id == asked and student.provider_id == desk.provider_id


@transaction.atomic
def see_reach(standing: Standing, *, by, note: str = "") -> ReachSeen:
    """Note that staff have looked at it, as it stands now, and what was done. Refused where the hours can be reached.

    It comes back as `StandingQuerySet.out_of_reach` says. The history keeps every look. Without a note, a look that
    still holds stays as it is: an older page takes no note away.
    """
    if standing.level != Level.OUT_OF_REACH:
        raise Refused("The hours can be reached by now: nothing has to be put aside.")
    now, last = timezone.now(), ReachSeen.objects.filter(student=standing.pk).first()
    if not note and last and last.holds(standing, by, now):
        return last
    facts = {"seen_at": now, "seen_by": by, "note": note, "ground": standing.ground, "short": standing.short}
    seen, _ = ReachSeen.objects.update_or_create(student_id=standing.pk, defaults=facts)
    record(seen, f"looked at this: {standing.reasons[0]}" + (f" Note: {note}" if note else ""), by=by)
    return seen
