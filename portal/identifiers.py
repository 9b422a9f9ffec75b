"""Identifiers of English education and business, with their check digits (docs/rules.md)."""

import re

from django.core.exceptions import ValidationError

TEMPORARY_ULN = "9999999999"
UNKNOWN_ERN = "999999999"
NO_ULN = (
    "This is not a valid ULN. A ULN has 10 digits and the last one checks the others: look for a swapped or "
    "missing digit."
)


def is_uln(value: str) -> bool:
    """Whether `value` is a unique learner number with a right check digit; the temporary number is not."""
    if not re.fullmatch(r"[1-9][0-9]{9}", value):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(value[:9], range(10, 1, -1), strict=True)) % 11
    return remainder != 0 and 10 - remainder == int(value[9])


def is_ukprn(value: str) -> bool:
    """Whether `value` is a UK provider reference number: eight digits, from 10000000."""
    return re.fullmatch(r"[1-9][0-9]{7}", value) is not None


def is_ern(value: str) -> bool:
    """Whether `value` is an employer reference number with a right check digit, or the number for 'unknown'."""
    if not re.fullmatch(r"[0-9]{9}", value):
        return False
    if value == UNKNOWN_ERN:
        return True
    check = 11 - sum(int(digit) * weight for digit, weight in zip(value[:8], range(9, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == int(value[8])


def validate_uln(value: str):
    """Refuse a ULN that cannot be right. The temporary 9999999999 may stand on a student until the real one comes."""
    if value != TEMPORARY_ULN and not is_uln(value):
        raise ValidationError(f"{NO_ULN} Use {TEMPORARY_ULN} until the real number is known.")


def validate_ukprn(value: str):
    """Refuse what is no UKPRN."""
    if not is_ukprn(value):
        raise ValidationError("A UKPRN has 8 digits and does not start with 0, for example 10012345.")


def validate_ern(value: str):
    """Refuse what is no ERN."""
    if not is_ern(value):
        raise ValidationError(
            "This is not a valid employer number (ERN). It has 9 digits and the last one checks the others. "
            "Use 999999999 where the number is not known."
        )
