"""Checks of employers for tests: everything that a placement needs, recorded as its own pages do."""

from datetime import date, timedelta

from employers.checks.keeping import record_check
from employers.checks.models import Check, CheckKind, Needed


def checks_in_order(placement, *, by, until: date | None = None):
    """Record every check that this placement lacks, made a month before its first day; `until` is their last day."""
    age = placement.student.age_on(placement.first_on)
    for kind in CheckKind.objects.in_use().filter(provider=placement.provider_id):
        site = placement.site if kind.is_per_site else None
        there = Check.objects.current().filter(employer=placement.employer_id, kind=kind, site=site)
        if kind.is_needed_at(age) and not there.exists():
            record(placement.employer, kind, site, placement.first_on - timedelta(days=30), by=by, until=until)


def record(employer, kind, site=None, on: date = date(2026, 2, 2), *, by, until: date | None = None, **more) -> Check:
    """One check, made on a day and holding for 400 days, or `until`. `kind` is a CheckKind or the slug of one."""
    if isinstance(kind, str):
        kind = CheckKind.objects.get(provider=employer.provider, slug=kind)
    facts = {"checked_on": on, "checked_by": by.name, "expires_on": until or on + timedelta(days=400), "note": ""}
    [check] = record_check(employer, kind, [site], facts=facts | more, by=by)
    return check


def check_rows(*checks, by, on: date = date(2026, 2, 2)):
    """Checks as rows, for lists of them: each (employer, slug of its kind, site, last day), the only one there."""
    providers = {employer.provider_id for employer, *_ in checks}
    kinds = {(kind.provider_id, kind.slug): kind for kind in CheckKind.objects.filter(provider__in=providers)}
    rows = []
    for employer, slug, site, until in checks:
        kind = kinds[employer.provider_id, slug]
        facts = {"wording": kind.title, "checked_on": on, "checked_by": by.name, "made_by": by, "expires_on": until}
        rows.append(Check(employer=employer, kind=kind, site=site, **facts))
    Check.objects.bulk_create(rows)


def no_checks_needed(provider):
    """The provider checks nothing: for tests that are about something else."""
    CheckKind.objects.filter(provider=provider).update(needed=Needed.ADVICE)
