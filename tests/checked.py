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


def same_check(check: Check, employers) -> None:
    """The same check of each of these employers, as rows."""
    facts = {field.attname: getattr(check, field.attname) for field in Check._meta.concrete_fields}
    Check.objects.bulk_create(Check(**facts | {"id": None, "employer_id": employer.pk}) for employer in employers)


def no_checks_needed(provider):
    """The provider checks nothing: for tests that are about something else."""
    CheckKind.objects.filter(provider=provider).update(needed=Needed.ADVICE)
