"""The only definition of hours that count.

Pure arithmetic in whole minutes: spells in, a count with all its lines out. Totals, pages, lists and PDFs all read what
`count` says. Source: docs/rules.md (caps per approach, at most two employers).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from itertools import combinations, product
from typing import NamedTuple

from portal.words import hours
from students.tlevels.models import Approach
from students.tlevels.rules import Rules


class Spent(NamedTuple):
    """One spell of work, as far as counting and its receipt are concerned. `waiting`: not approved yet."""

    day: date
    starts: time
    minutes: int
    approach: str
    employer_id: int
    employer: str = ""
    timesheet_id: int = 0
    finishes: time | None = None
    break_minutes: int = 0
    waiting: bool = False

    @property
    def how(self) -> str:
        """The approach as people say it."""
        return Approach(self.approach).label


class Line(NamedTuple):
    """One row of the receipt: the spell, how many of its minutes count, and why the others do not."""

    spent: Spent
    counts: int
    why_not: str = ""

    @property
    def not_counted(self) -> int:
        return self.spent.minutes - self.counts


class Count(NamedTuple):
    """What counts, with the rows and the rules behind it."""

    rules: Rules
    lines: list[Line]

    @property
    def counted(self) -> int:
        return sum(line.counts for line in self.lines)

    @property
    def not_counted(self) -> int:
        return sum(line.not_counted for line in self.lines)

    @property
    def to_go(self) -> int:
        """What is left to do of the hours that these rules require."""
        return max(self.rules.required - self.counted, 0)

    def reasons(self) -> dict[str, int]:
        """Minutes that do not count, by reason."""
        found = defaultdict(int)
        for line in self.lines:
            if line.not_counted:
                found[line.why_not] += line.not_counted
        return dict(found)

    def by(self, key: str) -> dict:
        """(recorded, counted) minutes by a field of Spent: 'employer', 'approach', 'timesheet_id' ..."""
        found = defaultdict(lambda: (0, 0))
        for line in self.lines:
            recorded, counted = found[getattr(line.spent, key)]
            found[getattr(line.spent, key)] = (recorded + line.spent.minutes, counted + line.counts)
        return dict(found)


def as_they_stand(approved: Count, hoped: Count) -> list[Line]:
    """Every spell: approved ones as they count, waiting ones as they would with them."""
    return [*approved.lines, *(line for line in hoped.lines if line.spent.waiting)]


def in_order(spent: Spent):
    """Approved hours come first, so that waiting ones never push them past a cap; then the order of the work."""
    return spent.waiting, spent.day, spent.starts, spent.employer_id, spent.timesheet_id


def count(spells: Iterable[Spent], rules: Rules) -> Count:
    """Which minutes of `spells` count under `rules`, in the order in which they were worked.

    Where the rules leave a choice (which two of three employers, which of two approaches that exclude each other), the
    one that counts most for the student is taken, of equal ones the earliest.
    """
    spells = sorted(spells, key=in_order)
    choices = product(_choices_of_employers(spells, rules), _choices_of_approaches(spells, rules))
    return max((_counted(spells, rules, *choice) for choice in choices), key=lambda found: found.counted)


def count_kindly(spells: Iterable[Spent], choices: list[Rules]) -> Count:
    """Count under the rules that the placement started under, or a newer set if that is better for the student.

    Better is what leaves less of the required hours to do, then what counts more. `choices` begins with the rule set of
    the start, newer ones follow. Of equal ones the earliest holds.
    """
    spells = list(spells)
    return min((count(spells, rules) for rules in choices), key=lambda found: (found.to_go, -found.counted))


def _counted(spells, rules: Rules, employers, shut_out: dict) -> Count:
    left = {approach: cap.cap for approach, cap in rules.caps.items() if cap.cap is not None}
    lines = []
    for spent in spells:
        approach, minutes = spent.approach, spent.minutes
        cap = rules.caps[approach]
        if cap.why_not:
            lines.append(Line(spent, 0, cap.why_not))
        elif approach in shut_out:
            lines.append(Line(spent, 0, f"this does not count together with '{in_words(shut_out[approach])}'"))
        elif not cap.any_number_of_employers and spent.employer_id not in employers:
            lines.append(Line(spent, 0, f"only hours with {rules.max_employers} employers count"))
        elif approach not in left:
            lines.append(Line(spent, minutes))
        else:
            counts = min(minutes, left[approach])
            left[approach] -= counts
            why_not = f"at most {hours(cap.cap)} of '{in_words(approach)}' count" if counts < minutes else ""
            lines.append(Line(spent, counts, why_not))
    return Count(rules, lines)


def _choices_of_employers(spells, rules: Rules):
    """The sets of employers that may count together, those worked with first in front."""
    worked_with = {}
    for spent in spells:
        cap = rules.caps[spent.approach]
        if not cap.why_not and not cap.any_number_of_employers:
            worked_with[spent.employer_id] = None
    return combinations(worked_with, min(rules.max_employers, len(worked_with)))


def _choices_of_approaches(spells, rules: Rules):
    """Ways to leave one of each pair of approaches out that do not count together: {left out: the one it yields to}."""
    used = {spent.approach for spent in spells if not rules.caps[spent.approach].why_not}
    pairs = {
        tuple(sorted((approach, cap.not_with)))
        for approach, cap in rules.caps.items()
        if approach in used and cap.not_with in used
    }
    return [dict(choice) for choice in product(*[[(b, a), (a, b)] for a, b in sorted(pairs)])]


def in_words(approach: str) -> str:
    """An approach within a sentence: 'skills hub or employer training centre'."""
    label = Approach(approach).label
    return label[0].lower() + label[1:]
