"""Checks of many employers at once: which are missing, lapsed or about to lapse. One expression for each figure."""

from datetime import timedelta

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from employers.checks.models import LAPSING_DAYS, Check, Needed, Scope
from employers.models import Employer, Site
from portal.people.models import Provider, Role

HOSTING = ("planned", "active")  # placements that go on or will: their employers matter now


def needed_pairs(rows: QuerySet, way: str, scope: str) -> QuerySet:
    """Each of `rows` with each kind that is always needed: `way` leads to the provider. kind_pk, kind_title."""
    kinds = f"{way}check_kinds__"
    return rows.annotate(
        kind_pk=F(f"{kinds}pk"), kind_title=F(f"{kinds}title"), kind_number=F(f"{kinds}number"),
        kind_scope=F(f"{kinds}scope"), kind_needed=F(f"{kinds}needed"), kind_is_used=F(f"{kinds}is_used"),
    ).filter(kind_scope=scope, kind_needed=Needed.ALWAYS, kind_is_used=True)  # fmt: skip


def pairs(employers: Q, sites: Q, checks: QuerySet) -> list[QuerySet]:
    """(employers, sites, employers without a site) x the kinds that they need, as far as `checks` has none there."""
    own = checks.filter(employer=OuterRef("pk"), kind=OuterRef("kind_pk"), site=None)
    of_site = checks.filter(site=OuterRef("pk"), kind=OuterRef("kind_pk"))
    has_site = Exists(Site.objects.filter(employer=OuterRef("pk")))
    whole = Employer.objects.filter(employers)
    return [
        needed_pairs(whole, "provider__", Scope.EMPLOYER).filter(~Exists(own)),
        needed_pairs(Site.objects.filter(sites), "employer__provider__", Scope.SITE).filter(~Exists(of_site)),
        needed_pairs(whole.filter(~has_site), "provider__", Scope.SITE).filter(~Exists(own)),
    ]


def open_checks(today):
    """For each Employer: how many checks that every placement needs are missing or have lapsed."""
    holding = Check.objects.holding_on(today)
    parts = pairs(Q(pk=OuterRef("pk")), Q(employer=OuterRef("pk")), holding)
    found = Value(0)
    for rows in parts:
        number = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
        found = found + Coalesce(Subquery(number, output_field=IntegerField()), 0)
    return found


def missing_rows(provider: Provider, employers: QuerySet, kind=None) -> QuerySet:
    """What `employers` lack altogether (of one `kind`, if given), as rows of the columns below. One query."""
    own = Q(provider=provider, pk__in=employers.values("pk"))
    sites = Q(employer__provider=provider, employer__in=employers.values("pk"))
    whole, at_sites, without = pairs(own, sites, Check.objects.current())
    nowhere = {"place": Value("", output_field=CharField()), "site_pk": Value(None, output_field=IntegerField())}
    here = {"employer_pk": F("pk"), "employer_name": F("name")} | nowhere
    there = {
        "employer_pk": F("employer_id"), "employer_name": F("employer__name"), "place": F("name"), "site_pk": F("pk"),
    }  # fmt: skip
    columns = ("employer_name", "kind_number", "kind_title", "place", "employer_pk", "kind_pk", "site_pk")
    only = Q(kind_pk=kind.pk) if kind else Q()
    parts = [
        rows.filter(only).order_by().annotate(**more).values_list(*columns, named=True)
        for rows, more in [(whole, here), (at_sites, there), (without, here)]
    ]
    return parts[0].union(*parts[1:], all=True).order_by("employer_name", "kind_number", "place")


def lapsing_within(days: int, today, *, after: int = 0) -> Q:
    """Checks that hold today and lapse within so many days, `after` so many."""
    first = today + timedelta(days=after + 1) if after else today
    return Q(expires_on__gte=first, expires_on__lte=today + timedelta(days=days))


def lapsed(today) -> Q:
    return Q(expires_on__lt=today)


def employers_of(desk, *, hosting: bool = False) -> QuerySet:
    """The employers whose checks a desk looks after: a provider's, or those of a tutor's own students; `hosting`: only
    where one of these students is, or will be.
    """
    found = Employer.objects.filter(provider=desk.provider_id)
    wanted = Q(placements__status__in=HOSTING) if hosting else Q()
    if desk.role == Role.TUTOR:
        wanted &= Q(placements__student__tutor=desk.user_id)
    return found.filter(pk__in=Employer.objects.filter(wanted).order_by().values("pk")) if wanted else found


def figures(checks: QuerySet, today) -> dict[str, int]:
    """How many of `checks` have lapsed, and lapse within 7, 30 and 60 days. One query."""
    counted = {f"within_{days}": Count("pk", filter=lapsing_within(days, today)) for days in LAPSING_DAYS}
    return checks.aggregate(all=Count("pk"), lapsed=Count("pk", filter=lapsed(today)), **counted)
