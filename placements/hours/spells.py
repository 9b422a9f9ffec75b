"""What feeds the counting: the spells of students, and the rules under which they may count."""

from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from placements.hours.counting import Count, Spent, count_kindly
from placements.hours.models import StudentHours
from placements.timesheets.models import Spell, Timesheet
from portal.prepared import LaterMany, prepared
from students.tlevels.rules import in_force_on, rule_sets, rules_for, rules_since


def choices_for(student, first_on):
    """The rules of the start of the first placement, and all newer ones (the student gets the better).

    `first_on` is None where there is no placement: then it is the rules in force today. Once signed off, it is those
    alone under which the record was signed off.
    """
    if student.signed_off_at and (kept := _rules_kept(student)):
        return [rules_for(student, kept)]
    return _rules_from(student, first_on)


def required_from(student, first_on) -> int:
    """The least minutes that any rules require of whose first placement begins on `first_on` (None: there is none).

    What holds in the end, the counting says: it goes by what is left to do.
    """
    return min(rules.required for rules in _rules_from(student, first_on))


def required_of(student, first_on) -> int:
    """What the kept totals say is required; while they know of no placement, what is from `first_on` on."""
    kept = getattr(student, "hours", None)
    return kept.required if kept and kept.begun_on else required_from(student, first_on)


def _rules_from(student, first_on):
    if first_on is None:
        return [rules_for(student, in_force_on(timezone.localdate()))]
    return rules_since(student, first_on)


def _rules_kept(student):
    """The rule set of the kept totals, which a sign-off has frozen."""
    kept = StudentHours.objects.filter(student=student.pk).values_list("rule_set", flat=True)
    pk = student.hours.rule_set_id if "hours" in student._state.fields_cache else kept.first()
    return next((found for found in rule_sets() if found.pk == pk), None)


def spent_by(student_ids: Collection[int]) -> dict[int, list[Spent]]:
    """The spells of all weeks handed in or approved, by student, for the counting and its receipt. One query."""
    found = defaultdict(list)
    for student, status, *spell in spells_to_count().asked(students=student_ids) if student_ids else []:
        found[student].append(Spent(*spell, waiting=status == Timesheet.Status.HANDED_IN))
    return found


@prepared
def spells_to_count():
    """Of `students`: whose, how the week stands, then what makes a Spent."""
    rows = Spell.objects.filter(timesheet__placement__student__in=LaterMany("students")).exclude(
        timesheet__status__in=Timesheet.OPEN  # said so, SQLite comes by student, not by status
    )
    return rows.order_by("day", "starts").values_list(
        "timesheet__placement__student",
        "timesheet__status",
        "day",
        "starts",
        "minutes",
        "approach",
        "timesheet__placement__employer",
        "timesheet__placement__employer__name",
        "timesheet",
        "finishes",
        "break_minutes",
    )


def count_for(student, first_on, spells: list[Spent]) -> tuple[Count, Count]:
    """(approved only, approved and waiting) for one student; the second never counts less than the first.

    For that both are counted towards the same number of required hours.
    """
    choices = choices_for(student, first_on)
    approved = [spent for spent in spells if not spent.waiting]
    found = count_kindly(approved, choices)
    if len(approved) == len(spells):
        return found, found
    return found, count_kindly(spells, [rules for rules in choices if rules.required == found.rules.required])
