"""How a student of the list stands, in a sentence and as cells of a table. `student` comes from `with_completion`."""

from decimal import Decimal

from django.utils import timezone

from portal.words import long_date
from reviews.signoff.conditions import in_words

COLUMNS = [
    "First name", "Last name", "ULN", "T Level", "Specialism", "Tutor", "Hours that count", "Hours required",
    "How it stands", "Special consideration", "Signed off on", "Signed off by", "Rules",
]  # fmt: skip
MISSING = [
    ("has_hours", "hours"),
    ("has_employer", "hours with an employer"),
    ("has_review", "the employer's final review"),
    ("is_judged", "the judgement of progress"),
]


def standing_of(student) -> tuple[str, str]:
    """(tone, sentence). No query."""
    if student.left_on:
        return "calm", f"Placement will not be completed: left the T Level on {long_date(student.left_on)}"
    if student.signoff:
        return student.signoff.tone, student.signoff.sentence()
    if student.consideration and student.consideration.decided_at is None:
        return student.consideration.tone, student.consideration.sentence()
    lacks = [name for attribute, name in MISSING if not getattr(student, attribute)]
    if student.is_judged and (not lacks or (student.has_consideration and not student.has_hours)):
        how = " with special consideration" if lacks else ""
        return "attention", f"Complete{how}, waits for the sign-off"
    return "waiting", f"Missing: {in_words(lacks)}"


def cells_of(student) -> list:
    """A row of the download. Hours as decimal numbers, two places."""
    signoff, consideration = student.signoff, student.consideration
    minutes = (
        (signoff.minutes, signoff.required_minutes) if signoff else (student.hours.counted, student.hours.required)
    )
    return [
        student.user.first_name,
        student.user.last_name,
        student.uln,
        student.tlevel.title,
        student.specialism.title if student.specialism else "",
        student.tutor.name if student.tutor else "",
        *(round(Decimal(number) / 60, 2) for number in minutes),
        standing_of(student)[1],
        ",".join(consideration.codes) if consideration else "",
        timezone.localtime(signoff.signed_off_at).date() if signoff else None,
        signoff.signed_off_by.name if signoff else "",
        signoff.rule_set if signoff else "",
    ]
