"""The rules of a rule set as plain values, for arithmetic. Read once a minute per process: they change once a year."""

import time as clock
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Prefetch
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from students.tlevels.models import Approach, ApproachRule, RequiredHours, RuleSet, Specialism, TLevel, WorkingTimeRule

KEPT_SECONDS = 60
_kept: dict = {}


@dataclass(frozen=True)
class ApproachCap:
    """What one approach may add: `cap` in minutes or None, or nothing, for the reason in `why_not`. `note` says what it
    means."""

    cap: int | None = None
    why_not: str = ""
    not_with: str = ""
    any_number_of_employers: bool = False
    note: str = ""


@dataclass(frozen=True)
class WorkingTime:
    """Limits for an age band, in minutes; None where there is no limit."""

    age_from: int
    age_to: int
    day: int | None
    week: int | None
    average_over: int
    break_after: int
    break_length: int
    daily_rest: int
    weekly_rest: int
    night_starts: time | None
    night_ends: time | None


@dataclass(frozen=True)
class Rules:
    """A rule set applied to one kind of student. `required` is in minutes."""

    rule_set_id: int
    name: str
    starts_on: date
    source: str
    max_employers: int
    required: int
    caps: dict


def forget():
    """Read the rule sets afresh at the next call."""
    _kept.clear()


@receiver([post_save, post_delete])
def forget_after_change(sender, **kwargs):
    """A changed rule holds at once in this process, and within a minute in the others."""
    if sender in (RuleSet, RequiredHours, ApproachRule, WorkingTimeRule, TLevel, Specialism):
        forget()


def rule_sets() -> list[RuleSet]:
    """All rule sets with their rows, oldest first."""
    read_at, found = _kept.get("rule_sets", (None, None))
    if read_at is None or read_at < clock.monotonic() - KEPT_SECONDS:
        required = Prefetch("required_hours", RequiredHours.objects.select_related("tlevel", "specialism"))
        found = list(RuleSet.objects.prefetch_related(required, "approach_rules", "working_time_rules"))
        _kept["rule_sets"] = (clock.monotonic(), found)
    return found


def in_force_on(day: date) -> RuleSet:
    """The rule set for a placement that starts on `day`; before the first one, the first one."""
    begun = [rule_set for rule_set in rule_sets() if rule_set.starts_on <= day]
    return begun[-1] if begun else rule_sets()[0]


def required_rows(rule_set: RuleSet) -> list[RequiredHours]:
    """What `rule_set` says of required hours; one that says nothing keeps what was said before it."""
    known = [rule_set, *reversed([found for found in rule_sets() if found.starts_on < rule_set.starts_on])]
    return next((rows for found in known if (rows := list(found.required_hours.all()))), [])


def required_by(rule_set: RuleSet, tlevel_id: int, specialism_id: int | None = None) -> RequiredHours:
    """The row that holds for a T Level with a specialism, or without one."""
    rows = {(row.tlevel_id, row.specialism_id): row for row in required_rows(rule_set)}
    own = rows.get((None, specialism_id)) if specialism_id else None
    return own or rows.get((tlevel_id, None)) or rows[None, None]


def rules_for(student, rule_set: RuleSet) -> Rules:
    """`rule_set` as it applies to `student` (route, specialism, required hours, SEND)."""
    rows = {}
    for row in rule_set.approach_rules.all():
        if row.route == student.tlevel.route or (row.route == "" and row.approach not in rows):
            rows[row.approach] = row
    caps, notes = {}, notes_of(rule_set)
    asked = required_by(rule_set, student.tlevel_id, student.specialism_id)
    for approach in Approach.values:
        row = rows.get(approach)
        why_not = ""
        if approach != Approach.IN_PERSON:
            if asked.in_person_only:
                why_not = f"all hours of {student.specialism or student.tlevel} are worked in person with an employer"
            elif row is None:
                why_not = f"the rules for {rule_set.name} do not know this approach"
            elif row.only_with_send and not student.has_send:
                why_not = "on-site facilities do not count here; the tutor can say why"
        caps[approach] = ApproachCap(
            cap=row.cap_minutes(asked.minutes) if row else None,
            why_not=why_not,
            not_with=row.not_with if row else "",
            any_number_of_employers=bool(row and row.any_number_of_employers),
            note=notes.get(approach, ""),
        )
    return Rules(
        rule_set_id=rule_set.pk,
        name=rule_set.name,
        starts_on=rule_set.starts_on,
        source=rule_set.source,
        max_employers=rule_set.max_employers,
        required=asked.minutes,
        caps=caps,
    )


def notes_of(rule_set: RuleSet) -> dict[str, str]:
    """What each approach means in the words of `rule_set`, where it has any."""
    return {row.approach: row.note for row in rule_set.approach_rules.all() if row.note}


def rules_since(student, day: date) -> list[Rules]:
    """The rules of a placement that starts on `day`, and all newer ones, as they apply to `student`."""
    start = in_force_on(day)
    return [rules_for(student, found) for found in rule_sets() if found.starts_on >= start.starts_on]


def approaches_for(student) -> dict[str, ApproachCap]:
    """The approaches that can count for `student` under any rules since their year of entry, in the newest words."""
    since = date(int(student.entry_year[:4]), 9, 1)
    possible = {}
    for rules in rules_since(student, since):
        possible |= {approach: cap for approach, cap in rules.caps.items() if not cap.why_not}
    return possible


def working_time_for(age: int, rule_set: RuleSet) -> WorkingTime:
    """The working time limits at `age` (whole years on the day worked); a rule set without them keeps the earlier."""
    known = [rule_set, *reversed([found for found in rule_sets() if found.starts_on < rule_set.starts_on])]
    rows = (row for found in known for row in found.working_time_rules.all())
    row = next(row for row in rows if row.age_from <= age < row.age_to)
    return WorkingTime(
        age_from=row.age_from,
        age_to=row.age_to,
        day=row.day_minutes,
        week=row.week_minutes,
        average_over=row.week_average_over,
        break_after=row.break_after_minutes,
        break_length=row.break_minutes,
        daily_rest=row.daily_rest_minutes,
        weekly_rest=row.weekly_rest_minutes,
        night_starts=row.night_starts,
        night_ends=row.night_ends,
    )
