"""What checks show elsewhere: their tab on the page of an employer, a column and a filter in the list of employers."""

import django_filters
from django.utils import timezone

from employers.checks.models import Check, CheckItem
from employers.checks.queries import lapsed, lapsing_within, open_checks
from employers.checks.standing import glance, standings_of
from employers.directory import figure, narrowing
from employers.panels import Panel, panel
from portal.asks.models import Ask

STATES = [
    ("good", "In order"),
    ("open", "Missing or lapsed"),
    ("60", "Lapsing within 60 days"),
    ("30", "Lapsing within 30 days"),
    ("7", "Lapsing within 7 days"),
    ("lapsed", "Lapsed"),
]


@panel(10, "checks", "Checks")
def checks(employer, request):
    """How every check stands, what came in from the employer, and what is asked of it. Five queries."""
    sites = list(employer.sites.all())
    standings = standings_of(employer, sites)
    items = list(CheckItem.objects.filter(request__employer=employer).select_related("request", "site", "became"))
    requests = {item.request_id: item.request for item in items}
    asks = Ask.objects.about(*requests.values()) if requests else Ask.objects.none()
    tone, says = glance(standings)
    context = {
        "standings": standings,
        "to_look_at": [item for item in items if item.given_at and not item.accepted_at],
        "wanted": wanted_by_request(items, asks),
        "tone": tone,
        "says": says,
    }
    return Panel("checks/panel.html", context)


def wanted_by_request(items, asks) -> list[dict]:
    """What is still asked of the employer: each open ask with the things that have not come yet."""
    return [
        {"asks": [ask], "items": [item for item in items if item.request_id == ask.about_id and item.is_wanted]}
        for ask in asks
        if ask.is_open
    ]


@figure(30, "checks_open", "Checks missing or lapsed")
def checks_open(today):
    """How many checks that every placement needs are missing or have lapsed."""
    return open_checks(today)


@narrowing(40, "checks")
def by_checks(desk):
    """Employers whose checks are in order, or which have one that is missing, lapsed or lapsing."""
    return django_filters.ChoiceFilter(label="Checks", choices=STATES, empty_label="All", method=in_state)


def in_state(employers, name, value):
    """`employers` whose checks stand as `value` of STATES says."""
    today = timezone.localdate()
    if value in ("good", "open"):
        wanted = {"checks_open_now": 0} if value == "good" else {"checks_open_now__gt": 0}
        return employers.alias(checks_open_now=open_checks(today)).filter(**wanted)
    which = lapsed(today) if value == "lapsed" else lapsing_within(int(value), today)
    return employers.filter(pk__in=Check.objects.current().filter(which, kind__is_used=True).values("employer"))
