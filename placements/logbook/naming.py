"""Whether words seem to name somebody who should not be named in a logbook: a gentle question, never a refusal."""

import re

NAME = r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)?"
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Lady)\b\.? {NAME}")
CALLED = re.compile(
    rf"\b(?:[Pp]atient|[Cc]ustomer|[Cc]lient|[Rr]esident|[Cc]hild|[Pp]upil|[Bb]oy|[Gg]irl|[Ss]ervice user)"
    rf"(?: (?:called|named))? {NAME}"
)
TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
AT_MOST = 5


def seems_to_name(*texts: str) -> list[str]:
    """What looks like the name or the NHS number of a person: ['Mrs Patel', '943 476 5919']; [] if nothing does."""
    found = []
    for text in texts:
        for pattern in (TITLED, CALLED):
            found += [match.group().strip() for match in pattern.finditer(text)]
        found += [match.group() for match in TEN_DIGITS.finditer(text) if is_nhs_number(match.group())]
    return list(dict.fromkeys(found))[:AT_MOST]


def is_nhs_number(text: str) -> bool:
    """Whether the check digit of ten digits is that of an NHS number (modulo 11)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]
