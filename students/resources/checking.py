"""Looking whether links still open, those of all providers, each address once."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from students.resources.looking import trouble_with
from students.resources.models import Link

AT_ONCE = 4  # sites; the pages of one site are looked at one after the other


def check_links(look=trouble_with) -> dict[str, str]:
    """Look at every link in use and write down what was found: trouble by address, '' for those that open."""
    urls = Link.objects.kept().filter(is_checked=True).order_by("url").values_list("url", flat=True).distinct()
    sites = defaultdict(list)
    for url in urls:
        sites[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        looks = pool.map(lambda pages: [(url, look(url)) for url in pages], sites.values())
        found = {url: trouble for pages in looks for url, trouble in pages}
    for url, trouble in found.items():
        write_down(url, trouble, timezone.now())
    return found


def write_down(url: str, trouble: str, now):
    """Keep what was found of one address. Trouble keeps the moment when it was first seen."""
    since = Coalesce(F("trouble_since"), now) if trouble else None
    rows = Link.objects.filter(url=url, is_checked=True)
    rows.update(checked_at=now, trouble=trouble[:200], trouble_since=since)
