"""Rules as people read them."""

from fractions import Fraction

from django.utils.text import get_text_list

from students.tlevels.models import Approach, ApproachRule, RequiredHours, RuleSet, WorkingTimeRule
from students.tlevels.rules import required_rows

SHARES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one third",
    Fraction(1, 4): "a quarter",
    Fraction(2, 3): "two thirds",
}


def share_in_words(share: Fraction) -> str:
    """1/3 -> 'one third', 1/5 -> '20%'."""
    return SHARES.get(share) or f"{float(share * 100):g}%"


def cap_in_words(rule: ApproachRule) -> str:
    """'At most 35 hours.', 'At most one third of the required hours.', 'As many hours as you like.'"""
    if rule.cap_hours is not None:
        return f"At most {rule.cap_hours} hours."
    if rule.cap_numerator is not None:
        share = Fraction(rule.cap_numerator, rule.cap_denominator)
        return f"At most {share_in_words(share)} of the required hours."
    return "No limit of its own."


def approaches_in_words(rule_set: RuleSet) -> list[tuple[str, list[str]]]:
    """(approach, sentences) for each approach that the rule set knows; in person comes first."""
    found = {Approach.IN_PERSON: ["Always counts, with the employers of the placement."]}
    for rule in sorted(
        rule_set.approach_rules.all(), key=lambda rule: (Approach.values.index(rule.approach), rule.route)
    ):
        words = found.setdefault(rule.approach, [])
        cap = cap_in_words(rule)
        words += [rule.note] if rule.note else []
        words.append(f"On the {rule.route} route: {cap[:1].lower()}{cap[1:]}" if rule.route else cap)
        if rule.route:
            continue
        if rule.not_with:
            words.append(f"Does not count together with: {Approach(rule.not_with).label.lower()}.")
        if rule.only_with_send:
            words.append("For students with special educational needs or a disability.")
        if rule.any_number_of_employers:
            words.append("With any number of employers.")
    return [(Approach(approach).label, words) for approach, words in found.items()]


def required_in_words(rule_set: RuleSet) -> list[tuple[str, str]]:
    """(whom it holds for, '315 hours'): every T Level, then what differs."""
    rows = sorted(required_rows(rule_set), key=lambda row: (bool(row.specialism or row.tlevel), title_of(row)))
    every = "Every T Level but for these" if len(rows) > 1 else "Every T Level"
    return [
        (title_of(row) or every, f"{row.hours} hours{', all in person with an employer' * row.in_person_only}")
        for row in rows
    ]


def in_person_only(rule_set: RuleSet) -> str:
    """'Dental Nursing and Early Years Educator': those for which no other approach counts; '' for none."""
    titles = [title_of(row) or "every T Level" for row in required_rows(rule_set) if row.in_person_only]
    return get_text_list(sorted(titles), "and")


def title_of(row: RequiredHours) -> str:
    """The specialism or T Level that a row is for; '' where it is for every one."""
    return str(row.specialism or row.tlevel or "")


def in_hours(minutes: int) -> str:
    """'8 hours', '4 hours 30 minutes', '20 minutes'."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} hour{'' if whole == 1 else 's'}"] if whole else []
    parts += [f"{rest} minutes"] if rest else []
    return " ".join(parts)


def limits_in_words(rule: WorkingTimeRule) -> tuple[str, list[str]]:
    """(whom it holds for, sentences) of an age band."""
    who = f"Under {rule.age_to}" if rule.age_from == 0 else f"From {rule.age_from} on"
    words = []
    if rule.day_minutes is not None:
        words.append(f"At most {in_hours(rule.day_minutes)} a day, breaks not counted.")
    if rule.week_minutes is not None:
        weeks = rule.week_average_over
        over = f"on average over {weeks} weeks or since the start" if weeks > 1 else "Monday to Sunday"
        words.append(f"At most {in_hours(rule.week_minutes)} a week, {over}.")
    due = f"A break of {in_hours(rule.break_minutes)} after more than {in_hours(rule.break_after_minutes)} of work"
    words.append(f"{due}, not at the start or end.")
    words.append(f"{in_hours(rule.daily_rest_minutes)} of rest between two days of work.")
    words.append(f"{in_hours(rule.weekly_rest_minutes)} of rest in a row each week.")
    if rule.night_starts is not None:
        words.append(f"No work between {rule.night_starts:%H:%M} and {rule.night_ends:%H:%M}.")
    return who, words
