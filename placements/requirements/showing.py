"""What the dashboards of staff show of checks: lapsed, about to lapse, missing, and what an employer has sent.

A check is the employer's, however many placements lean on it: it stands there once, under the employer's name.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from employers.checks.models import LAPSING_DAYS, Check, CheckItem
from employers.checks.queries import lapsed, lapsing_within
from employers.conversations.models import Conversation
from placements.models import Placement
from placements.requirements.queries import GOING_ON, lacking_checks, leaning_on_check
from portal.needs import Waiting, for_staff, looked_after
from portal.people.models import Role

SOON_DAYS = 28
RENEW = {"act": "See the checks", "url": "employer_checks", "icon": "paper"}

# --- Checks that placements lean on --------------------------------------------------------------------------------


def of_employer(rows, *, way: str = "employer", **columns) -> Waiting:
    """Rows that are about an employer, which `way` leads to."""
    return Waiting(rows, student="", thing=way, named=f"{way}__name", **columns)


def hosts(desk, way: str) -> Exists:
    """Whether the employer that `way` leads to has some of the desk's students now, or will have them."""
    going_on = Placement.objects.filter(employer=OuterRef(way), status__in=GOING_ON)
    return Exists(going_on.filter(looked_after(desk, "student")))


@for_staff("check_lapsed", says="{words} has lapsed", called="A check has lapsed", tone="problem", **RENEW)
@for_staff(
    "check_lapses_7", says="{words} lapses within 7 days", called="A check lapses within 7 days", tone="problem",
    **RENEW,
)  # fmt: skip
@for_staff("check_lapses_30", says="{words} lapses within 30 days", called="A check lapses within 30 days", **RENEW)
@for_staff(
    "check_lapses_60", says="{words} lapses within 60 days", called="A check lapses within 60 days", tone="calm",
    role=Role.COORDINATOR, **RENEW,
)  # fmt: skip
def checks_to_renew(desk):
    """Those that placements of the desk's students lean on. 60 days before only the placement office hears of it."""
    today, leaning = desk.today, leaning_on_check().filter(looked_after(desk, "student"))
    soon = today + timedelta(days=LAPSING_DAYS[0])
    rows = Check.objects.current().filter(Exists(leaning), expires_on__lte=soon)
    by_kind = {
        "check_lapsed": lapsed(today),
        "check_lapses_7": lapsing_within(7, today),
        "check_lapses_30": lapsing_within(30, today, after=7),
        "check_lapses_60": lapsing_within(60, today, after=30),
    }
    return of_employer(rows, since="expires_on", words="wording", by_kind=by_kind)


@for_staff(
    "check_kept_from", says="Should have started, but checks of {words} are missing or have lapsed",
    called="Should have started, but checks are missing or have lapsed", tone="problem", role=Role.COORDINATOR,
    **RENEW,
)  # fmt: skip
@for_staff(
    "check_missing", says="Starts soon, and checks of {words} are missing or will have lapsed",
    called="Starts soon, and checks are missing or will have lapsed", tone="problem", role=Role.COORDINATOR, **RENEW,
)  # fmt: skip
def starting_without_checks(desk):
    """Planned placements whose first day is near or has passed. The tutor hears of it with all else that one lacks."""
    today = desk.today
    near = Placement.objects.filter(
        provider=desk.provider_id, status=Placement.Status.PLANNED, first_on__lte=today + timedelta(days=SOON_DAYS)
    )
    return Waiting(
        lacking_checks(near, today), student="student", since="first_on", thing="employer", words="employer__name",
        by_kind={"check_kept_from": Q(first_on__lt=today), "check_missing": Q(first_on__gte=today)},
    )  # fmt: skip


@for_staff("check_given", says="The employer has sent something to look at", **RENEW)
def sent_by_employers(desk):
    rows = CheckItem.objects.to_look_at().filter(hosts(desk, "request__employer"))
    return of_employer(rows, way="request__employer", since="given_at")


@for_staff(
    "conversation_due", says="Next step: {words}", called="A next step with an employer is due", act="See it",
    url="employer_conversations", icon="phone",
)  # fmt: skip
def steps_due(desk):
    """What somebody promised an employer where students are or will be: to whoever wrote it down."""
    due = Conversation.objects.with_next_step().filter(next_on__lte=desk.today, made_by=desk.user_id)
    return of_employer(due.filter(hosts(desk, "employer")), since="next_on", words="next_step")
