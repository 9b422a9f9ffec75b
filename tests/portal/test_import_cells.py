from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from employers.models import Size
from placements.imports import student_name
from portal.identifiers import is_ern, is_uln
from portal.imports import cells
from portal.imports.cells import Unfit
from students.imports import birthday


def why_not(read, cell: str) -> str:
    with pytest.raises(Unfit) as unfit:
        read(cell)
    return str(unfit.value)


def test_a_date_in_all_the_usual_ways():
    ways = [
        "31/12/2025",
        "31-12-2025",
        "31.12.2025",
        "2025-12-31",
        "2025/12/31",
        "31 Dec 2025",
        "31 December 2025",
        "31st december 2025",
        "31-Dec-2025",
        "31/12/2025 00:00",
        "2025-12-31 00:00:00",
        "2025-12-31T00:00:00.000",
    ]
    assert {cell: cells.day(cell) for cell in ways} == dict.fromkeys(ways, date(2025, 12, 31))


def test_the_day_stands_before_the_month():
    assert cells.day("04/05/2008") == date(2008, 5, 4)
    assert cells.day("4/5/2008") == date(2008, 5, 4)


def test_why_a_date_will_not_do():
    reasons = {
        "31/02/2026": "31/02/2026 does not exist: February 2026 has no such day.",
        "29 Feb 2026": "29 Feb 2026 does not exist: February 2026 has no such day.",
        "12/31/2025": "12/31/2025: there is no month 31. Write the day first: 31/12/2025.",
        "31/12/25": "Write the year of 31/12/25 with four digits.",
        "31-Dec-25": "Write the year of 31-Dec-25 with four digits.",
        "46022": "46022 is a spreadsheet's number for a day. Format the column as a date, and save as CSV.",
        "soon": "“soon” is not a date. Write it like 31/12/2025.",
        "31 Foo 2025": "“31 Foo 2025” is not a date. Write it like 31/12/2025.",
        "31/12-2025": "“31/12-2025” is not a date. Write it like 31/12/2025.",
        "00/00/2025": "00/00/2025 does not exist: January 2025 has no such day.",
        "31/12/2025 14:30": "“31/12/2025 14:30” is not a date. Write it like 31/12/2025.",
    }
    assert {cell: why_not(cells.day, cell) for cell in reasons} == reasons


WAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%-d %B %Y", "%d.%m.%Y"]


@settings(max_examples=50)
@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(WAYS))
def test_every_date_is_read_in_every_way(value, way):
    assert cells.day(value.strftime(way)) == value


def test_a_uln_keeps_its_digits():
    assert cells.uln("1000000019") == "1000000019"
    assert cells.uln("100 000 0019") == "1000000019"
    assert cells.uln("1000000019.0") == "1000000019"
    assert cells.uln("9999999999") == "9999999999"


def test_a_uln_that_excel_has_shortened_says_so():
    for cell in ("1E+09", "1.0E+09", "9,27631E+09", "1e9"):
        assert why_not(cells.uln, cell) == (
            f"The spreadsheet has shortened this number to {cell} and lost digits. Format the column as text or as a "
            "number without decimals, enter the number again, and save as CSV."
        )


def test_a_mistyped_uln_says_what_to_look_for():
    assert "swapped or missing digit" in why_not(cells.uln, "1000000091")


def test_an_ern_keeps_its_leading_zero():
    number = next(f"{n:09d}" for n in range(12345670, 12345999) if is_ern(f"{n:09d}"))
    assert number.startswith("0")
    assert cells.ern(number) == number
    assert why_not(cells.ern, number[1:]).startswith(f"{number[1:]} has 8 digits, an ERN has 9. If it begins with 0")


@settings(max_examples=50)
@given(st.text("0123456789. E+", max_size=12))
def test_whatever_is_read_as_a_uln_is_one(cell):
    try:
        found = cells.uln(cell)
    except Unfit:
        return
    assert is_uln(found) or found == "9999999999"


def test_an_academic_year_in_all_the_usual_ways():
    ways = ["2025/26", "2025-26", "2025/2026", "2025", "2025 – 26"]
    assert {cell: cells.entry_year(cell) for cell in ways} == dict.fromkeys(ways, "2025/26")


def test_what_is_no_academic_year():
    for cell in ("2025/27", "25/26", "1999/00", "next"):
        assert why_not(cells.entry_year, cell) == f"“{cell}” is not an academic year. Write it like 2025/26."


def test_the_turn_of_a_century_is_an_academic_year():
    assert cells.entry_year("2099/00") == "2099/00"


def test_the_hours_of_a_day():
    ways = ["09:00-17:00/60", "9.00 - 17.00 / 60", "9:00 to 17:00/60", "09:00–17:00/60"]
    assert {cell: cells.working_day(cell) for cell in ways} == dict.fromkeys(ways, (time(9), time(17), 60))


def test_hours_without_a_break():
    assert cells.working_day("13:00-16:30") == (time(13), time(16, 30), 0)


def test_a_day_may_finish_at_midnight():
    for cell in ("16:00-24:00/30", "16:00-00:00/30"):
        assert cells.working_day(cell) == (time(16), time(0), 30)


NOT_UNDERSTOOD = (
    "is not understood. Write start, finish and minutes of unpaid break like 09:00-17:00/60, and leave a day off empty."
)


def test_why_hours_will_not_do():
    reasons = {
        "17:00-09:00/30": "“17:00-09:00/30” finishes before it starts. Write afternoon hours like 17:00.",
        "9:00-5:00": "“9:00-5:00” finishes before it starts. Write afternoon hours like 17:00.",
        "09:00-10:00/60": "The break of 60 minutes is as long as the day.",
        "09:00-25:00": f"“09:00-25:00” {NOT_UNDERSTOOD}",
        "off": f"“off” {NOT_UNDERSTOOD}",
    }
    assert {cell: why_not(cells.working_day, cell) for cell in reasons} == reasons


@settings(max_examples=50)
@given(st.times(), st.integers(1, 600), st.integers(0, 700))
def test_hours_are_read_as_written_or_refused(starts, length, pause):
    starts = starts.replace(second=0, microsecond=0, tzinfo=None)
    minutes = starts.hour * 60 + starts.minute + length
    if minutes >= 24 * 60:
        return
    finishes = time(*divmod(minutes, 60))
    cell = f"{starts:%H:%M}-{finishes:%H:%M}/{pause}"
    if pause >= length:
        assert why_not(cells.working_day, cell) == f"The break of {pause} minutes is as long as the day."
    else:
        assert cells.working_day(cell) == (starts, finishes, pause)


def test_yes_and_no():
    assert [cells.yes_no(cell) for cell in ("Yes", "y", "TRUE", "1")] == [True] * 4
    assert [cells.yes_no(cell) for cell in ("No", "n", "FALSE", "0")] == [False] * 4
    assert why_not(cells.yes_no, "perhaps") == "Write yes or no, not “perhaps”."


def test_an_address_is_compared_in_small_letters():
    assert cells.email("Amira.Khan@College.Example") == "amira.khan@college.example"
    assert why_not(cells.email, "amira at college") == "“amira at college” is not an e-mail address."


def test_a_choice_by_label_or_value():
    read = cells.one_of(Size, tiny=Size.MICRO)
    assert (read("10 to 49 people"), read("LARGE"), read("tiny")) == ("small", "large", "micro")
    assert why_not(read, "huge").startswith("“huge” is not known here. Write one of: Fewer than 10 people; 10 to 49")


def test_a_postcode_is_tidied_and_a_phone_number_checked():
    assert cells.postcode("ls14ab") == "LS1 4AB"
    assert cells.phone("+44 1632 960100") == "+44 1632 960100"
    assert why_not(cells.phone, "ask Priya") == "This is not a phone number. Write it like 01632 960123."


def test_a_long_text_says_how_long():
    assert why_not(cells.text(5), "abcdefg") == "This is longer than 5 characters (it has 7)."


READERS = [
    cells.day,
    cells.uln,
    cells.ern,
    cells.entry_year,
    cells.working_day,
    cells.email,
    cells.yes_no,
    cells.phone,
    student_name,
    birthday,
]


@given(cell=st.text(min_size=1, max_size=20))
def test_no_cell_breaks_a_reader(cell):
    for read in READERS:
        reason = "none"
        try:
            read(cell)
        except Unfit as unfit:
            reason = str(unfit)
        assert reason.strip(), "a cell is refused with a reason"


def test_a_birthday_far_off_is_refused():
    last_year = f"{date.today() - timedelta(days=400):%d/%m/%Y}"
    assert why_not(birthday, last_year).endswith("cannot be the date of birth of a student.")
    assert why_not(birthday, "04/05/1908") == "4 May 1908 cannot be the date of birth of a student."


def test_the_temporary_uln_names_nobody():
    assert why_not(student_name, "9999999999").startswith("Many students have this temporary number.")
    assert student_name("Amira@College.Example") == "amira@college.example"
