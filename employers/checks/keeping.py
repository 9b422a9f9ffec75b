"""Recording checks: a newer one replaces the one before; a wrong one is taken out, and the one before holds again."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone

from employers.checks.models import Check, CheckKind
from employers.models import Employer
from portal.files.models import StoredFile, store
from portal.history import models as history
from portal.workflow import Refused


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def record_check(employer: Employer, kind: CheckKind, sites: list, *, facts: dict, document=None, by) -> list[Check]:
    """Record a check at each of `sites` ([None] where it is not about a site), and replace those before.

    `facts`: checked_on, checked_by, expires_on, note. `document`: what portal.uploads accepted, a StoredFile, or None.
    """
    Employer.objects.select_for_update().get(pk=employer.pk)
    if document is not None and not isinstance(document, StoredFile):
        document = store(document, provider=employer.provider, by=by)
    return [record_at(employer, kind, site, facts, document, by) for site in sites]


def record_at(employer, kind, site, facts, document, by) -> Check:
    rows = Check.objects.current().filter(employer=employer, kind=kind, site=site)
    before = rows.select_related("document").defer("document__content").first()
    if before and is_same(before, facts, document):
        return before  # the button was pressed twice
    if before:
        Check.objects.filter(pk=before.pk).update(is_current=False)
    check = Check.objects.create(
        employer=employer,
        site=site,
        kind=kind,
        wording=kind.title,
        document=document,
        replaces=before,
        made_by=by,
        **facts,
    )
    history.record(employer, f"recorded: {said(check)}. {check.sentence()}", by=by)
    return check


def is_same(check: Check, facts: dict, document: StoredFile | None) -> bool:
    """Whether `check` says just this already."""
    same_file = document is None or (
        check.document is not None and (check.document.name, check.document.size) == (document.name, document.size)
    )
    return same_file and all(getattr(check, name) == value for name, value in facts.items())


def said(check: Check) -> str:
    """The check with its place."""
    return f"{check.wording} ({check.site})" if check.site_id else check.wording


@transaction.atomic
def change_check(check: Check, *, document=None, by) -> list[str]:
    """Correct a check, with history on its own page; `document` replaces the file. Returns what changed."""
    if document is not None:
        check.document = store(document, provider=check.employer.provider, by=by)
        Check.objects.filter(pk=check.pk).update(document=check.document)
        history.record(check, f"put the document {check.document} in", by=by)
    found = history.save(check, by=by)
    if found:  # a new last day means new warnings
        Check.objects.filter(pk=check.pk).update(told_days=None)
    return found + (["document"] if document is not None else [])


@transaction.atomic
def take_out(check: Check, *, because: str, by):
    """Take a check out that was recorded by mistake; the one before holds again. Raises Refused for an older one."""
    Employer.objects.select_for_update().get(pk=check.employer_id)
    now = timezone.now()
    rows = Check.objects.current().filter(pk=check.pk)
    if not rows.update(is_current=False, removed_at=now, removed_because=because):
        raise Refused("Somebody was quicker: this check is replaced or taken out already.")
    if check.replaces_id:
        Check.objects.filter(pk=check.replaces_id, removed_at=None).update(is_current=True)
    history.record(check.employer, f"took out: {said(check)}. Reason: {because}", by=by)
