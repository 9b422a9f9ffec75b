"""Asking an employer for what is missing, by a mailed link; taking in what comes, and accepting or sending it back."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from employers.checks import keeping
from employers.checks.models import CheckItem, CheckRequest
from employers.checks.models.request import FACTS
from employers.models import Employer, Site
from portal.asks.asking import answered, ask, withdraw_all
from portal.asks.models import Ask
from portal.files.models import store
from portal.history import models as history
from portal.notices import mail
from portal.people.models import Membership, Role, User
from portal.workflow import Refused

KIND = "employer_checks"
DECIDED = "Somebody was quicker: this is decided already, or has changed. Look at it again."
FIELDS = ("address", "town", "postcode", "phone")
SITE_FIELDS = ("name", "address", "town", "postcode")


def open_asks(employer: Employer):
    """What is asked of this employer now."""
    requests = CheckRequest.objects.filter(employer=employer)
    return Ask.objects.about(*requests).open().filter(kind=KIND) if requests else Ask.objects.none()


@transaction.atomic
def ask_employer(employer: Employer, wanted: list, *, facts: bool, message: str = "", by, **whom) -> CheckRequest:
    """Ask one person at the employer for `wanted` (standings) and for `facts`; `whom`: to, or address and name.

    Raises Refused while something is asked already: one list at a time, so that nobody is asked twice.
    """
    Employer.objects.select_for_update().get(pk=employer.pk)
    if found := open_asks(employer).first():
        raise Refused(f"{found.name} is being asked already. Send that again, or take it back first.")
    made = CheckRequest.objects.create(employer=employer, message=message, made_by=by)
    items = [item_for(made, standing) for standing in wanted]
    if facts:
        items.append(CheckItem(request=made, wording=FACTS))
    CheckItem.objects.bulk_create(items)
    ask(KIND, made, provider=employer.provider, by=by, **whom)
    asked = whom["to"].name if whom.get("to") else whom["name"]
    history.record(employer, f"asked {asked} for: {'; '.join(str(item) for item in items)}", by=by)
    return made


def item_for(made: CheckRequest, standing) -> CheckItem:
    """A thing on the list, begun with what was written last time: nobody writes that again."""
    check = standing.check
    return CheckItem(
        request=made,
        kind=standing.kind,
        site=standing.site,
        wording=standing.kind.title,
        hint=standing.kind.hint,
        note=check.note if check else "",
    )


@transaction.atomic
def give(item: CheckItem, *, name: str, document=None, **given):
    """Take in what an employer sent for one thing: `document` as accepted by portal.uploads, expires_on, note, facts.

    Raises Refused where it is not wanted any more.
    """
    request = item.request
    if document is not None:
        item.document = store(document, provider=request.employer.provider, by=None)
    for field, value in given.items():
        setattr(item, field, value)
    item.given_at, item.given_by = timezone.now(), name
    fields = {"document": item.document, "given_at": item.given_at, "given_by": name, "sent_back_because": ""} | given
    if not CheckItem.objects.filter(pk=item.pk, given_at=None, accepted_at=None).update(**fields):
        raise Refused("This has come in already. Thank you.")
    history.record(request.employer, f"had this from {name}, to be looked at: {item}", by=None)


def finish(found: Ask, request: CheckRequest):
    """After something came in: close the ask when nothing is wanted any more, and tell whoever asked."""
    if not request.items.wanted().exists():
        answered(found)
    for person in who_looks(request):
        mail.send("check_given", to=person, context={"employer": request.employer}, about=request)


def who_looks(request: CheckRequest) -> list[User]:
    """Whoever asked, if they still work there; else the placement office."""
    staff = Membership.objects.filter(provider=request.employer.provider_id, user__is_active=True)
    staff = staff.filter(role__in=[Role.COORDINATOR, Role.TUTOR]).select_related("user")
    asked = {desk.user for desk in staff if desk.user_id == request.made_by_id}
    return list(asked or {desk.user for desk in staff if desk.role == Role.COORDINATOR})


@transaction.atomic
def accept_check(item: CheckItem, *, facts: dict, by):
    """Make a check of what the employer sent. `facts` as in keeping.record_check. Raises Refused if it is not there."""
    take(item, by=by)
    employer = item.request.employer
    [check] = keeping.record_check(employer, item.kind, [item.site], facts=facts, document=item.document, by=by)
    CheckItem.objects.filter(pk=item.pk).update(became=check)


@transaction.atomic
def accept_facts(item: CheckItem, *, by):
    """Take over the facts that the employer gave: about itself, its sites, and sites that we did not know."""
    take(item, by=by)
    employer = item.request.employer
    for name in FIELDS:
        setattr(employer, name, item.facts["employer"].get(name, getattr(employer, name)))
    history.save(employer, by=by)
    there = {site.pk: site for site in employer.sites.all()}
    names = {site.name.casefold() for site in there.values()}
    for row in item.facts["sites"]:
        site = there.get(row.get("pk"))
        if site is None and (row.get("pk") or row["name"].casefold() in names):
            continue  # a site that was removed meanwhile, or one that was added
        site = site or Site(employer=employer)
        is_new = site.pk is None
        taken = names - {site.name.casefold()}
        for name in SITE_FIELDS:
            if name != "name" or row["name"].casefold() not in taken:
                setattr(site, name, row[name])
        history.save(site, by=by)
        names.add(site.name.casefold())
        if is_new:
            history.record(employer, f"added the site {site}", by=by)


def take(item: CheckItem, *, by):
    """Decide on it, once."""
    rows = CheckItem.objects.to_look_at().filter(pk=item.pk, given_at=item.given_at)
    if not rows.update(accepted_at=timezone.now(), accepted_by=by):
        raise Refused(DECIDED)
    history.record(item.request.employer, f"accepted from {item.given_by}: {item}", by=by)


@transaction.atomic
def send_back(item: CheckItem, *, because: str, by):
    """Ask for it again, with the reason; what was written stays to be mended. Raises Refused if it is decided."""
    request = item.request
    last = Ask.objects.about(request).filter(kind=KIND).select_related("to").first()
    rows = CheckItem.objects.to_look_at().filter(pk=item.pk, given_at=item.given_at)
    if last is None or not rows.update(given_at=None, sent_back_because=because):
        raise Refused(DECIDED)
    history.record(request.employer, f"sent back to {item.given_by}: {item}. Reason: {because}", by=by)
    if not last.is_open and (found := open_asks(request.employer).first()):
        raise Refused(f"{found.name} is being asked for other things. Take that back first.")
    whom = {"to": last.to} if last.to else {"address": last.address, "name": last.name}
    with suppress(Refused):  # a mail went out a few minutes ago, and the same link shows the reason
        ask(KIND, request, provider=request.employer.provider, by=by, **whom)


@transaction.atomic
def drop(item: CheckItem, *, by):
    """Not needed any more: take it off the list; with the last thing the link ends. Raises Refused if it has come."""
    request = item.request
    if not CheckItem.objects.wanted().filter(pk=item.pk).delete()[0]:
        raise Refused("This has come in meanwhile.")
    history.record(request.employer, f"no longer asks for: {item}", by=by)
    if not request.items.wanted().exists():
        withdraw_all(KIND, request, by=by)
