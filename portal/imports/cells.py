"""How a filled cell is read. Each reader takes trimmed text and returns a value, or raises Unfit with the reason.

Spreadsheets shorten, reformat and pad what people typed; where that has lost something, the reason says so.
"""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.form_fields import PHONE, tidy_postcode
from portal.identifiers import validate_ern, validate_uln
from portal.times_of_day import is_in_turn, minutes_between


class Unfit(Exception):
    """A cell that does not hold what its column needs; the message is a sentence for whoever mends it."""


def text(longest: int = 200):
    """Any text of at most `longest` characters, on one line."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Unfit(f"This is longer than {longest} characters (it has {len(cell)}).")
        return cell

    return read


def like(model, field: str):
    """Text that fits a field of a model: its length and its validators."""
    field = model._meta.get_field(field)
    read_text = text(field.max_length)

    def read(cell: str) -> str:
        try:
            field.run_validators(read_text(cell))
        except ValidationError as error:
            raise Unfit(" ".join(error.messages)) from None
        return cell

    return read


def email(cell: str) -> str:
    """An e-mail address, in small letters."""
    try:
        validate_email(cell)
    except ValidationError:
        raise Unfit(f"“{cell}” is not an e-mail address.") from None
    return text(254)(cell).lower()


def phone(cell: str) -> str:
    """A phone number."""
    return _checked(cell, PHONE)


def postcode(cell: str) -> str:
    """A postcode, written as usual where it is a British one."""
    return text(10)(tidy_postcode(cell))


def yes_no(cell: str) -> bool:
    known = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
    if (found := known.get(cell.casefold())) is None:
        raise Unfit(f"Write yes or no, not “{cell}”.")
    return found


def one_of(choices, **others: str):
    """A value of Django `choices`, by its label or its value; `others` maps further words to values."""
    known = {choice.label.casefold(): choice for choice in choices} | {choice.value: choice for choice in choices}
    known |= others

    def read(cell: str) -> str:
        if (found := known.get(cell.casefold())) is None:
            raise Unfit(f"“{cell}” is not known here. Write one of: {'; '.join(choices.labels)}.")
        return found

    return read


def whole(cell: str) -> str:
    """A number that stands for a name (ULN, ERN), as its digits; refuses what a spreadsheet has cut short."""
    if re.fullmatch(r"\d[\d.,]*e\+?\d+", cell, re.I):
        raise Unfit(
            f"The spreadsheet has shortened this number to {cell} and lost digits. Format the column as text or as a "
            "number without decimals, enter the number again, and save as CSV."
        )
    return re.sub(r"\.0+$", "", cell).replace(" ", "")


def uln(cell: str) -> str:
    """A ULN, check digit and all; the temporary 9999999999 passes."""
    return _checked(whole(cell), validate_uln)


def ern(cell: str) -> str:
    """An employer reference number (ERN), leading zeros and all."""
    number = whole(cell)
    if re.fullmatch(r"\d{1,8}", number):
        raise Unfit(
            f"{number} has {len(number)} digits, an ERN has 9. If it begins with 0, the spreadsheet has dropped that: "
            "format the column as text."
        )
    return _checked(number, validate_ern)


def _checked(value: str, validate) -> str:
    try:
        validate(value)
    except ValidationError as error:
        raise Unfit(error.message) from None
    return value


MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")
DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.I)
SHORT_YEAR = re.compile(r"\d{1,2}[/. -](\d{1,2}|[a-z]{3,9})[/. -]\d{2}", re.I)


def day(cell: str) -> date:
    """A date: 31/12/2025 (the day first, as in Britain), 2025-12-31, or 31 Dec 2025."""
    cell = MIDNIGHT.sub("", cell)
    if found := DAY_FIRST.fullmatch(cell):
        return _date(cell, found[4], int(found[3]), found[1])
    if found := YEAR_FIRST.fullmatch(cell):
        return _date(cell, found[1], int(found[3]), found[4])
    if found := NAMED.fullmatch(cell):
        month = next((n for n, name in enumerate(MONTHS, start=1) if name.startswith(found[2].lower())), None)
        if month:
            return _date(cell, found[3], month, found[1])
    if SHORT_YEAR.fullmatch(cell):
        raise Unfit(f"Write the year of {cell} with four digits.")
    if re.fullmatch(r"\d{5}", cell):
        raise Unfit(f"{cell} is a spreadsheet's number for a day. Format the column as a date, and save as CSV.")
    raise Unfit(f"“{cell}” is not a date. Write it like 31/12/2025.")


def _date(cell: str, year: str, month: int, day_of_month: str) -> date:
    if month > 12:
        raise Unfit(f"{cell}: there is no month {month}. Write the day first: 31/12/2025.")
    try:
        return date(int(year), month, int(day_of_month))
    except ValueError:
        raise Unfit(f"{cell} does not exist: {MONTHS[max(month, 1) - 1].title()} {year} has no such day.") from None


def entry_year(cell: str) -> str:
    """An academic year, written 2025/26; 2025, 2025-26 and 2025/2026 are understood."""
    found = re.fullmatch(r"(20\d\d)(?:\s*[/–-]\s*(?:20)?(\d\d))?", cell)
    if not found or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise Unfit(f"“{cell}” is not an academic year. Write it like 2025/26.")
    return f"{found[1]}/{(int(found[1]) + 1) % 100:02d}"


HOURS = re.compile(r"(\d{1,2})[:.](\d\d)(?::00)?\s*(?:-|–|to)\s*(\d{1,2})[:.](\d\d)(?::00)?(?:\s*/\s*(\d{1,3}))?")


def working_day(cell: str) -> tuple[time, time, int]:
    """(start, finish, minutes of unpaid break) of a day, written 09:00-17:00/60."""
    found = HOURS.fullmatch(cell)
    try:
        starts, finishes = time(int(found[1]), int(found[2])), finish_of(int(found[3]), int(found[4]))
    except (TypeError, ValueError):
        raise Unfit(
            f"“{cell}” is not understood. Write start, finish and minutes of unpaid break like 09:00-17:00/60, and "
            "leave a day off empty."
        ) from None
    pause = int(found[5] or 0)
    if not is_in_turn(starts, finishes):
        raise Unfit(f"“{cell}” finishes before it starts. Write afternoon hours like 17:00.")
    if pause >= minutes_between(starts, finishes):
        raise Unfit(f"The break of {pause} minutes is as long as the day.")
    return starts, finishes, pause


def finish_of(hour: int, minute: int) -> time:
    """A finish; 24:00 is midnight. Raises ValueError."""
    return time() if (hour, minute) == (24, 0) else time(hour, minute)
