"""The only definition of hours that count.

Pure arithmetic in whole minutes: spells in, a receipt out. Totals, pages, lists and PDFs all read what `count` says.
Sources: domain, rules with numbers, and rule sets (caps per approach, at most two employers).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from students.tlevels.models import Approach
from students.tlevels.rules import Rules


@dataclass(frozen=True)
class Spent:
    """One spell of work, as far as counting is concerned."""

    day: date
    starts: time
    minutes: int
    approach: str
    employer_id: int
    employer: str = ""
    timesheet_id: int = 0


@dataclass(frozen=True)
class Line:
    """One row of the receipt: the spell, how many of its minutes count, and why the others do not."""

    spent: Spent
    counts: int
    why_not: str = ""

    @property
    def not_counted(self) -> int:
        return self.spent.minutes - self.counts


@dataclass(frozen=True)
class Count:
    """What counts, with the rows and the rules behind it."""

    rules: Rules
    lines: list[Line] = field(default_factory=list)

    @property
    def counted(self) -> int:
        return sum(line.counts for line in self.lines)

    @property
    def not_counted(self) -> int:
        return sum(line.not_counted for line in self.lines)

    def reasons(self) -> dict[str, int]:
        """Minutes that do not count, by reason."""
        found = defaultdict(int)
        for line in self.lines:
            if line.not_counted:
                found[line.why_not] += line.not_counted
        return dict(found)

    def by(self, key) -> dict:
        """(recorded, counted) minutes by employer or approach: `key` is 'employer' or 'approach'."""
        found = defaultdict(lambda: (0, 0))
        for line in self.lines:
            recorded, counted = found[getattr(line.spent, key)]
            found[getattr(line.spent, key)] = (recorded + line.spent.minutes, counted + line.counts)
        return dict(found)


def count(spells: Iterable[Spent], rules: Rules) -> Count:
    """Which minutes of `spells` count under `rules`, in the order in which they were worked."""
    spells = sorted(spells, key=lambda spent: (spent.day, spent.starts, spent.employer_id))
    shut_out = _shut_out(spells, rules)
    employers = []
    used = defaultdict(int)
    lines = []
    for spent in spells:
        cap = rules.caps[spent.approach]
        if not cap.any_number_of_employers and spent.employer_id not in employers:
            employers.append(spent.employer_id)
        counts, why_not = spent.minutes, ""
        if cap.why_not:
            counts, why_not = 0, cap.why_not
        elif spent.approach in shut_out:
            other = Approach(cap.not_with).label.lower()
            counts, why_not = 0, f"this approach does not count together with '{other}'"
        elif not cap.any_number_of_employers and spent.employer_id not in employers[: rules.max_employers]:
            counts, why_not = 0, f"hours with at most {rules.max_employers} employers count"
        elif cap.cap is not None and used[spent.approach] + spent.minutes > cap.cap:
            counts = max(cap.cap - used[spent.approach], 0)
            why_not = f"at most {cap.cap / 60:g} hours of '{Approach(spent.approach).label.lower()}' count"
        used[spent.approach] += counts
        lines.append(Line(spent, counts, why_not))
    return Count(rules, lines)


def count_kindly(spells: Iterable[Spent], choices: list[Rules]) -> Count:
    """Count under the rules that the placement started under, or a newer set if that is better for the student.

    `choices` begins with the rule set of the start, newer ones follow. Of equal ones the earliest holds.
    """
    spells = list(spells)
    return max((count(spells, rules) for rules in choices), key=lambda found: found.counted)


def _shut_out(spells, rules: Rules) -> set[str]:
    """Approaches that do not count because another one was used that excludes them: the one with fewer minutes."""
    worked = defaultdict(int)
    for spent in spells:
        worked[spent.approach] += spent.minutes
    out = set()
    for approach, cap in rules.caps.items():
        other = cap.not_with
        if other and worked[approach] and worked[other]:
            out.add(min((worked[approach], approach), (worked[other], other))[1])
    return out
