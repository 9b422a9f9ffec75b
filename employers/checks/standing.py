"""How the checks of an employer stand: for each kind and place what holds, what has lapsed, and what is missing."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from employers.checks.models import LAPSING_DAYS, Check, CheckKind, Needed
from employers.models import Site

MISSING = {
    Needed.ALWAYS: ("problem", "Missing: no placement can start without it"),
    Needed.UNDER_18: ("calm", "Not there: only students under 18 need it"),
    Needed.ADVICE: ("calm", "Not there: good to have"),
}


@dataclass(frozen=True)
class Standing:
    """One kind of check at one place (`site` None: the employer as a whole, or its own address)."""

    kind: CheckKind
    site: Site | None
    check: Check | None
    earlier: list[Check] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it is about; '' for the employer as a whole."""
        return (self.site.name if self.site else "Own address") if self.kind.is_per_site else ""

    def __str__(self):
        return f"{self.kind} ({self.site})" if self.site else str(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether it keeps placements from starting: needed always, and missing or lapsed."""
        is_needed = self.kind.is_used and self.kind.needed == Needed.ALWAYS
        return is_needed and (self.check is None or self.check.has_lapsed())

    @property
    def is_lapsing(self) -> bool:
        """Whether it holds today, but not for long."""
        left = self.check.days_left() if self.check else None
        return left is not None and 0 <= left <= LAPSING_DAYS[0]

    @property
    def is_due(self) -> bool:
        """Whether somebody should see to it now: open, lapsed, or lapsing."""
        return self.is_open or self.is_lapsing or (self.check is not None and self.check.has_lapsed())

    def sentence(self) -> str:
        return self.check.sentence() if self.check else MISSING[self.kind.needed][1]

    @property
    def tone(self) -> str:
        return self.check.tone if self.check else MISSING[self.kind.needed][0]


def standings_of(employer, sites: list[Site], kinds: list[CheckKind] | None = None) -> list[Standing]:
    """Every kind in use at each of its places, and what else was ever checked. Two queries (one, given the kinds)."""
    if kinds is None:
        kinds = list(CheckKind.objects.filter(provider=employer.provider_id))
    found, earlier = {}, {}
    for check in employer.checks.select_related("site", "document").defer("document__content"):
        at = (check.kind_id, check.site_id)
        if check.is_current:
            found[at] = check
        else:
            earlier.setdefault(at, []).append(check)
    known = {site.pk: site for site in sites}
    standings = []
    for kind in kinds:
        places = [site.pk for site in sites] if kind.is_per_site and sites else [None]
        seen = [place for kind_id, place in [*found, *earlier] if kind_id == kind.pk]
        wanted = [*places, *seen] if kind.is_used else seen
        for place in dict.fromkeys(wanted):
            at = (kind.pk, place)
            standings.append(Standing(kind, known.get(place), found.get(at), earlier.get(at, [])))
    return standings


def glance(standings: list[Standing]) -> tuple[str, str]:
    """The checks of an employer in one sentence, with its tone."""
    if opened := [standing for standing in standings if standing.is_open]:
        return "problem", f"To settle before a placement can start: {listed(opened)}"
    if lapsing := [standing for standing in standings if standing.is_lapsing]:
        first = min(lapsing, key=lambda standing: standing.check.expires_on)
        return first.tone, f"In order. The next to lapse: {first}, on {first.check.expires_on:%-d %B %Y}"
    return "good", "All that is needed is in order"


def listed(standings: list[Standing], most: int = 3) -> str:
    """'this; that; and 2 more'."""
    words = [str(standing) for standing in standings[:most]]
    return "; ".join([*words, f"and {len(standings) - most} more"] if len(standings) > most else words)


def what_keeps(placement, kinds: list[CheckKind], current: dict, today: date | None = None) -> list[str]:
    """What keeps a placement from starting, a sentence part for each check that is missing or will have lapsed.

    `current` maps (employer, kind, site) to the Check there. The day that counts is the first one, or today if later.
    """
    day = max(placement.first_on, today or timezone.localdate())
    age = placement.student.age_on(placement.first_on)
    found = []
    for kind in kinds:
        if not kind.is_used or not kind.is_needed_at(age, is_taster=placement.is_taster):
            continue
        site = placement.site if kind.is_per_site else None
        called = f"{kind} ({site})" if site else str(kind)
        check = current.get((placement.employer_id, kind.pk, site.pk if site else None))
        if check is None:
            found.append(f"{called} is missing")
        elif check.has_lapsed():
            found.append(f"{called} lapsed on {check.expires_on:%-d %B %Y}")
        elif check.has_lapsed(day):
            found.append(f"{called} lapses on {check.expires_on:%-d %B %Y}, before the first day")
    return found
