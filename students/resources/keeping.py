"""Changing a provider's list of links, each act with its history."""

from django.db import transaction
from django.utils import timezone

from portal.history.models import record, save
from students.resources.models import Link

LAST = 1000  # the number of a link that was just added: behind all others


@transaction.atomic
def keep(link: Link, *, by) -> bool:
    """Store a link that is new or was changed; another address wants another check. True where something changed."""
    before = Link.objects.filter(pk=link.pk).values("url", "topic", "is_checked").first()
    if before and (before["url"] != link.url or not link.is_checked):
        link.checked_at, link.trouble, link.trouble_since = None, "", None
    if before and before["topic"] != link.topic:
        link.number = LAST
    found = save(link, by=by)
    in_order(list(of_topic(link)))
    return bool(found)


def of_topic(link: Link):
    """The links among which `link` has its place."""
    return Link.objects.kept().filter(provider=link.provider_id, topic=link.topic)


def in_order(links: list[Link]):
    """Number links as they stand in the list."""
    for number, link in enumerate(links, start=1):
        link.number = 10 * number
    Link.objects.bulk_update(links, ["number"])


@transaction.atomic
def move(link: Link, steps: int):
    """Move a link up (-1) or down (1) among those of its topic; at the end of the list nothing happens."""
    links = list(of_topic(link))
    here = links.index(link)
    there = min(max(here + steps, 0), len(links) - 1)
    links.insert(there, links.pop(here))
    in_order(links)


@transaction.atomic
def show(link: Link, is_shown: bool, *, by):
    """Let students see a link, or hide it from them."""
    if Link.objects.filter(pk=link.pk, is_shown=not is_shown).update(is_shown=is_shown):
        record(link, "shows it again" if is_shown else "hid it", by=by)


@transaction.atomic
def remove(link: Link, *, by):
    """Take a link off the list. It can be put back."""
    if Link.objects.filter(pk=link.pk, removed_at=None).update(removed_at=timezone.now()):
        record(link, "removed it", by=by)


@transaction.atomic
def put_back(link: Link, *, by) -> bool:
    """Put a removed link back; False where the same address stands in the topic again by now."""
    if of_topic(link).filter(url=link.url).exclude(pk=link.pk).exists():
        return False
    if Link.objects.filter(pk=link.pk).exclude(removed_at=None).update(removed_at=None):
        record(link, "put it back", by=by)
    return True
