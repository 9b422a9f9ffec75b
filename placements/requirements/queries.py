"""Checks that placements lean on which run or will. On a dashboard each stands once."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import Exact, IsNull, LessThan

from employers.checks.models import Check, CheckKind, Needed, Scope
from placements.models import Placement

GOING_ON = (Placement.Status.PLANNED, Placement.Status.ACTIVE)


def as_number(day: str):
    """A date as 20260331, so that two of them tell an age in whole years: the difference by 10,000."""
    return ExtractYear(day) * 10_000 + ExtractMonth(day) * 100 + ExtractDay(day)


def leaning_on_check() -> QuerySet:
    """Placements going on that need the check of the outer query, by its place and by the student's age."""
    once = Q(Exact(OuterRef("kind__scope"), Value(Scope.EMPLOYER.value)))
    same_place = Q(site=OuterRef("site")) | (Q(site=None) & Q(IsNull(OuterRef("site"), True)))
    is_always = Q(Exact(OuterRef("kind__needed"), Value(Needed.ALWAYS.value)))
    is_under_18 = Q(Exact(OuterRef("kind__needed"), Value(Needed.UNDER_18.value))) & Q(
        LessThan(as_number("first_on") - as_number("student__born_on"), Value(180_000))
    )
    is_of_kind = Q(kind=Placement.Kind.PLACEMENT) | Q(Exact(OuterRef("kind__of_tasters"), Value(True)))
    going_on = Placement.objects.filter(employer=OuterRef("employer"), status__in=GOING_ON)
    return going_on.filter(once | same_place, is_always | is_under_18, is_of_kind)


def needed_now(checks: QuerySet) -> QuerySet:
    """Of `checks`, those that a placement leans on."""
    return checks.filter(Exists(leaning_on_check()), kind__is_used=True)


def lacking_checks(placements: QuerySet, today) -> QuerySet:
    """Of `placements`, those for which a check that is always needed is missing or has lapsed."""
    kinds = CheckKind.objects.in_use().filter(provider=OuterRef("provider"), needed=Needed.ALWAYS)
    kinds = kinds.filter(Q(of_tasters=True) | Q(Exact(OuterRef("kind"), Value(Placement.Kind.PLACEMENT.value))))
    holding = Check.objects.holding_on(today).filter(kind=OuterRef("pk"), employer=OuterRef(OuterRef("employer")))
    same_site = Q(site=OuterRef(OuterRef("site"))) | (Q(site=None) & Q(IsNull(OuterRef(OuterRef("site")), True)))
    return placements.filter(
        Exists(kinds.filter(~Exists(holding.filter(site=None)), scope=Scope.EMPLOYER))
        | Exists(kinds.filter(~Exists(holding.filter(same_site)), scope=Scope.SITE))
    )
