"""What the dashboards of staff show of checks: lapsed, about to lapse, missing, and what an employer has sent."""

from datetime import timedelta

from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone

from employers.checks.models import Check, CheckItem
from employers.checks.queries import lapsed, lapsing_within
from employers.conversations.models import Conversation
from placements.models import Placement
from placements.requirements.queries import GOING_ON, at_one_placement, lacking_checks, leaning_on_check
from portal.people.models import Role
from portal.rooms import Waiting, for_staff

SOON_DAYS = 28
RENEW = {"act": "See the checks", "url": "employer_checks", "icon": "paper"}

# --- Checks that placements lean on --------------------------------------------------------------------------------


def checks_in(students, wanted) -> Waiting:
    """Checks that are `wanted` (a Q) and that placements of `students` lean on, each at one of them."""
    checks = Check.objects.current().filter(wanted, kind__is_used=True)
    rows = at_one_placement(checks, "employer", leaning_on_check().filter(student__in=students))
    called = Concat("wording", Value(" of "), "employer__name", output_field=CharField())
    return Waiting(
        rows.annotate(called=called),
        student="employer__placements__student",
        since="expires_on",
        thing="employer",
        words="called",
    )


@for_staff(130, "check_lapsed", says="{words} has lapsed", tone="problem", **RENEW)
def lapsed_checks(students, desk, now):
    return checks_in(students, lapsed(timezone.localdate(now)))


@for_staff(140, "check_lapses_7", says="{words} lapses within 7 days", tone="problem", **RENEW)
def lapsing_in_a_week(students, desk, now):
    return checks_in(students, lapsing_within(7, timezone.localdate(now)))


@for_staff(330, "check_lapses_30", says="{words} lapses within 30 days", **RENEW)
def lapsing_in_a_month(students, desk, now):
    today = timezone.localdate(now)
    return checks_in(students, lapsing_within(30, today) & ~lapsing_within(7, today))


@for_staff(340, "check_lapses_60", says="{words} lapses within 60 days", tone="calm", **RENEW)
def lapsing_in_two_months(students, desk, now):
    """So early only the placement office hears of it."""
    today = timezone.localdate(now)
    if desk.role != Role.COORDINATOR:
        return Waiting(Check.objects.none(), student="employer__placements__student", since="expires_on")
    return checks_in(students, lapsing_within(60, today) & ~lapsing_within(30, today))


@for_staff(135, "check_missing", says="Starts soon, and checks of {words} are missing or have lapsed", **RENEW)
def starting_without_checks(students, desk, now):
    """Planned placements whose first day is near. The tutor hears of it with all else that a placement lacks."""
    today = timezone.localdate(now)
    planned = Placement.objects.filter(
        student__in=students, status=Placement.Status.PLANNED, first_on__lte=today + timedelta(days=SOON_DAYS)
    )
    rows = lacking_checks(planned, today) if desk.role == Role.COORDINATOR else planned.none()
    return Waiting(rows, student="student", since="first_on", thing="employer", words="employer__name")


@for_staff(145, "check_given", says="{words}: the employer has sent something to look at", **RENEW)
def sent_by_employers(students, desk, now):
    going_on = Placement.objects.filter(
        employer=OuterRef("request__employer"), status__in=GOING_ON, student__in=students
    )
    rows = at_one_placement(CheckItem.objects.to_look_at(), "request__employer", going_on)
    return Waiting(
        rows,
        student="request__employer__placements__student",
        since="given_at",
        thing="request__employer",
        words="request__employer__name",
    )


@for_staff(
    350, "conversation_due", says="Next step with {words}", act="See it", url="employer_conversations", icon="phone"
)
def steps_due(students, desk, now):
    """What somebody promised an employer where students are or will be: to whoever wrote it down."""
    due = Conversation.objects.with_next_step().filter(next_on__lte=timezone.localdate(now), made_by=desk.user_id)
    going_on = Placement.objects.filter(employer=OuterRef("employer"), status__in=GOING_ON, student__in=students)
    called = Concat("employer__name", Value(": "), "next_step", output_field=CharField())
    return Waiting(
        at_one_placement(due, "employer", going_on).annotate(called=called),
        student="employer__placements__student",
        since="next_on",
        thing="employer",
        words="called",
    )
