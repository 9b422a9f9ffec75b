"""Which checks placements need, and which lean on one: asked of the database as `employers.checks.standing.what_keeps`
says it in words. A test shows that they agree.
"""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import Exact, IsNull, LessThan

from employers.checks.models import Check, CheckKind, Needed, Scope
from placements.models import Placement

GOING_ON = (Placement.Status.PLANNED, Placement.Status.ACTIVE)
Way = Callable[[str], F]  # from where a query stands to a field of a kind, a check or a placement: F, OuterRef ...


def is_needed(kind: Way, placement: Way) -> Q:
    """Whether a kind of check is in use and needed: by the age on the first day, and also for a work taster."""
    is_always = Q(Exact(kind("needed"), Value(Needed.ALWAYS.value)))
    is_for_minors = Q(Exact(kind("needed"), Value(Needed.UNDER_18.value)))
    is_used = Q(Exact(kind("is_used"), Value(True)))
    is_of_tasters = Q(Exact(kind("of_tasters"), Value(True)))
    is_no_taster = Q(Exact(placement("kind"), Value(Placement.Kind.PLACEMENT.value)))
    return is_used & (is_of_tasters | is_no_taster) & (is_always | (is_for_minors & is_under(18, placement)))


def is_under(years: int, placement: Way) -> Q:
    """Whether the student is younger than that on the first day."""
    lived = as_number(placement("first_on")) - as_number(placement("student__born_on"))
    return Q(LessThan(lived, Value(years * 10_000)))


def as_number(day):
    """A date as 20260331, so that two of them tell an age in whole years: the difference by 10,000."""
    return ExtractYear(day) * 10_000 + ExtractMonth(day) * 100 + ExtractDay(day)


def is_where_needed(checked: F, scope: F, site: F) -> Q:
    """Whether what was checked at the site `checked` is what a placement at `site` needs of a kind of this scope.

    What is needed once, and what a placement without a site needs, stands under no site.
    """
    is_once, is_per_site = (Q(Exact(scope, Value(one.value))) for one in (Scope.EMPLOYER, Scope.SITE))
    return (Q(IsNull(checked, True)) & (is_once | Q(IsNull(site, True)))) | (is_per_site & Q(Exact(checked, site)))


def leans_on(check: Way, placement: Way) -> Q:
    """Whether a placement needs a check that its employer has."""
    is_kind_needed = is_needed(lambda name: check(f"kind__{name}"), placement)
    return is_kind_needed & is_where_needed(check("site"), check("kind__scope"), placement("site"))


def leaning_on_check() -> QuerySet:
    """Placements going on that need the check of the outer query."""
    going_on = Placement.objects.filter(employer=OuterRef("employer"), status__in=GOING_ON)
    return going_on.filter(leans_on(OuterRef, F))


def needed_now(checks: QuerySet) -> QuerySet:
    """Of `checks`, those that a placement leans on."""
    return checks.filter(Exists(leaning_on_check()))


def with_lapsing(until) -> QuerySet:
    """Placements going on once with each check that they need and that lapses by `until`, or has: the first one first.

    `employer__checks__expires_on` is its last day.
    """
    lapsing = {"employer__checks__is_current": True, "employer__checks__expires_on__lte": until}
    leans = leans_on(lambda name: F(f"employer__checks__{name}"), F)
    return Placement.objects.filter(leans, status__in=GOING_ON, **lapsing).order_by("employer__checks__expires_on")


def lacking_checks(placements: QuerySet, today) -> QuerySet:
    """Of `placements`, those for which a check is missing, or lapsed by the first day (or today, if later)."""
    here = is_where_needed(F("site"), OuterRef("scope"), OuterRef(OuterRef("site")))
    there = Check.objects.filter(here, kind=OuterRef("pk"), employer=OuterRef(OuterRef("employer")))
    holding = there.holding_on(today).holding_on(OuterRef(OuterRef("first_on")))
    kinds = CheckKind.objects.filter(is_needed(F, OuterRef), provider=OuterRef("provider"))
    return placements.filter(Exists(kinds.filter(~Exists(holding))))
