"""Rules as people read them."""

from fractions import Fraction
from statistics import mode

from django.utils.text import get_text_list

from students.tlevels.models import Approach, ApproachRule, RuleSet, Specialism, TLevel, WorkingTimeRule

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


def required_in_words() -> list[tuple[str, str]]:
    """(whom it holds for, '315 hours') of the T Levels, then of what differs: T Levels and specialisms. Two queries."""
    tlevels = list(TLevel.objects.prefetch_related("specialisms"))
    usual = mode(tlevel.required_hours for tlevel in tlevels)
    others = []
    for tlevel in tlevels:
        if tlevel.required_hours != usual:
            others.append((tlevel.title, f"{tlevel.required_hours} hours"))
        for one in tlevel.specialisms.all():
            if one.in_person_only or one.required_hours != tlevel.required_hours:
                in_person = ", all in person with an employer" if one.in_person_only else ""
                others.append((one.title, f"{one.required_hours} hours{in_person}"))
    return [("Every T Level but for these" if others else "Every T Level", f"{usual} hours"), *others]


def in_person_only() -> str:
    """'Dental Nursing and Early Years Educator': specialisms for which no other approach counts; '' for none."""
    titles = Specialism.objects.filter(in_person_only=True).order_by("title").values_list("title", flat=True)
    return get_text_list(list(titles), "and")


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
        average = rule.week_average_over > 1
        over = f", on average over {rule.week_average_over} weeks" if average else ", Monday to Sunday"
        words.append(f"At most {in_hours(rule.week_minutes)} a week{over}.")
    words.append(
        f"A break of {in_hours(rule.break_minutes)} after more than {in_hours(rule.break_after_minutes)} of work."
    )
    words.append(f"{in_hours(rule.daily_rest_minutes)} of rest between two days of work.")
    words.append(f"{in_hours(rule.weekly_rest_minutes)} of rest in a row each week.")
    if rule.night_starts is not None:
        words.append(f"No work between {rule.night_starts:%H:%M} and {rule.night_ends:%H:%M}.")
    return who, words
