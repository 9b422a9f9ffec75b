"""Counts of students that can be added to each other: by phase, by level, by progress, and of what is the matter."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from reviews.cohort.matters import MATTERS
from reviews.risk.judging import Level

FEW = 5  # fewer than that have no quarters and no middle that is told


@dataclass(frozen=True)
class Spread:
    """Five figures of a distribution, in whole percent of the required hours: nearest ranks, no averages."""

    least: int
    lower: int
    middle: int
    upper: int
    most: int

    def sentence(self) -> str:
        return (
            f"Half of the students have {self.lower}% to {self.upper}% of their hours, the middle one {self.middle}%; "
            f"the least is {self.least}%, the most {self.most}%"
        )


def spread_of(progress: Counter) -> Spread | None:
    """The spread of {percent: students}; None where there is nobody."""
    if not (total := sum(progress.values())):
        return None
    ranks = [1, -(-total // 4), -(-total // 2), -(-3 * total // 4), total]
    found, so_far, values = [], 0, iter(sorted(progress.items()))
    for rank in ranks:
        while so_far < rank:
            value, number = next(values)
            so_far += number
        found.append(value)
    return Spread(*found)


@dataclass
class Tally:
    """How many students, and of these by phase, level, and percent of their hours."""

    students: int = 0
    phases: Counter = field(default_factory=Counter)
    levels: Counter = field(default_factory=Counter)
    progress: Counter = field(default_factory=Counter)
    matters: Counter = field(default_factory=Counter)

    def add(self, counts: dict, matters: dict, phase: str | None = None, level: int | None = None) -> "Tally":
        """Add what a Cell holds, only of one phase and level if they are given."""
        for key, by_progress in counts.items():
            found_phase, _, found_level = key.partition("|")
            if (phase and found_phase != phase) or (level is not None and int(found_level) != level):
                continue
            number = 0
            for percent, students in by_progress.items():
                self.progress[int(percent)] += students
                number += students
            self.students += number
            self.phases[found_phase] += number
            self.levels[int(found_level)] += number
            for name, many in zip(MATTERS, matters.get(key, ()), strict=False):
                self.matters[name] += many
        return self

    @property
    def spread(self) -> Spread | None:
        return spread_of(self.progress)

    @property
    def has_quarters(self) -> bool:
        """Whether there are enough students to tell the middle and the quarters."""
        return self.students >= FEW

    @property
    def at_risk(self) -> int:
        return self.levels[Level.AT_RISK]

    @property
    def out_of_reach(self) -> int:
        return self.levels[Level.OUT_OF_REACH]


COLUMNS = (  # of a standing, to be added up
    "entry_year", "tlevel", "tutor", "phase", "level", "progress", *(matter.holds for matter in MATTERS.values()),
)  # fmt: skip


class Sums:
    """`counts` and `matters` of a Cell while students are being added."""

    __slots__ = ("at_risk", "counts", "matters", "students")

    def __init__(self):
        self.students = self.at_risk = 0
        self.counts = defaultdict(lambda: defaultdict(int))
        self.matters = {}

    def add(self, phase, level, progress, matters):
        key = f"{phase}|{level}"
        self.students += 1
        self.at_risk += level >= Level.AT_RISK
        self.counts[key][progress] += 1
        if any(matters):
            known = self.matters.setdefault(key, [0] * len(MATTERS))
            for n, many in enumerate(matters):
                known[n] += many

    def plain(self) -> dict:
        counts = {key: {str(percent): n for percent, n in found.items()} for key, found in self.counts.items()}
        return {"students": self.students, "at_risk": self.at_risk, "counts": counts, "matters": self.matters}


def added_up(rows: Iterable[tuple], keys) -> dict:
    """Sums by key: `rows` are values of COLUMNS, `keys(entry_year, tlevel, tutor)` says to which keys a row belongs."""
    found = defaultdict(Sums)
    for year, tlevel, tutor, phase, level, progress, *matters in rows:
        for key in keys(year, tlevel, tutor):
            found[key].add(phase, level, progress, matters)
    return found
