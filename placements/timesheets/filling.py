"""Filling a week in: usual times, those of the week before, one row more or less. Nothing of it is saved by that."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.text import get_text_list

from placements.timesheets.day_form import ROWS_AT_MOST, DayForm
from placements.timesheets.models import Spell, Timesheet
from placements.timesheets.week_form import WeekForm
from portal.posted import whole_number

SPELL_FIELDS = ("starts", "finishes", "break_minutes", "approach", "activity")

NOTHING = {
    "usual": "There was nothing to fill in: every day that has come, and has times agreed, holds something already.",
    "last_week": "There was nothing to copy: every day that has come, and was worked last week, holds something "
    "already.",
}
NO_SOURCE = {
    "usual": "There was nothing to fill in: no times are agreed for this week.",
    "last_week": "There was nothing to copy: no hours are written down in the week before.",
}


def filled(timesheet: Timesheet, form: WeekForm, how: str) -> tuple[dict, str]:
    """What was typed, with 'usual' times or those of 'last_week' filled in, or rows moved as `with_rows_moved` says.

    The second is what to say of it.
    """
    if moves_rows(how):
        return with_rows_moved(form, how), ""
    typed = form.typed()
    source = last_weeks_spells(timesheet) if how == "last_week" else usual_spells(timesheet)
    wanted = {number: day for number, day in enumerate(form.days) if source.get(number) and day.is_open}
    to_fill = {number: day for number, day in wanted.items() if can_be_filled(day)}
    if not to_fill:
        return typed, why_nothing(list(wanted.values()), how)
    for number, day in to_fill.items():
        typed = with_spells(typed, number, with_lines(source[number], lines_of(day)))
    listed = named(to_fill.values())
    return (
        typed,
        f"Filled in: {listed}. Nothing of it is saved yet: look it over, then save the draft or hand the week in.",
    )


def why_nothing(wanted: list[DayForm], how: str) -> str:
    """Why none of the days for which there are times could be filled in."""
    if not wanted:
        return NO_SOURCE[how]
    if all(day.day > timezone.localdate() for day in wanted):
        act = "copy" if how == "last_week" else "fill in"
        return f"Nothing to {act} yet: {named(wanted)} {'is' if len(wanted) == 1 else 'are'} still to come."
    return NOTHING[how]


def named(days: Iterable[DayForm]) -> str:
    """'Monday, Tuesday and Friday'."""
    return get_text_list([f"{day.day:%A}" for day in days], "and")


def moves_rows(how: str) -> bool:
    return how.startswith(("row-", "out-"))


def with_rows_moved(form: WeekForm, how: str) -> dict:
    """What was typed, with one more row for a day ('row-2') or without one of its rows ('out-2-0')."""
    typed = form.typed()
    move, number, row = (*how.split("-"), "", "")[:3]
    number, row = whole_number(number), whole_number(row)
    if number not in range(len(form.days)):
        return typed
    rows = form.days[number].row_count()
    if move == "row":
        return typed | {f"d{number}-rows": str(min(rows + 1, ROWS_AT_MOST))}
    left = [before for before in range(rows) if before != row]
    return with_rows(
        typed,
        number,
        [{name: typed.get(f"d{number}-{before}-{name}", "") for name in SPELL_FIELDS} for before in left],
    )


def can_be_filled(day: DayForm) -> bool:
    """Whether the day has come, and no times and no absence are typed for it; a line may stand there."""
    timed = any(row[name].value() for row in day.spell_forms for name in ("starts", "finishes"))
    return day.is_open and day.day <= timezone.localdate() and not timed and not day["absence"].value()


def lines_of(day: DayForm) -> list[str]:
    """What was typed about the day, row by row."""
    lines = (str(row["activity"].value() or "").strip() for row in day.spell_forms)
    return [line for line in lines if line]


def with_lines(spells: list[Spell], lines: list[str]) -> list[Spell]:
    """The spells with these lines in place of their own, first to first; lines that are left over go to the last."""
    own = [*lines[: len(spells) - 1], "\n".join(lines[len(spells) - 1 :])]
    for spell, line in zip(spells, own, strict=False):
        spell.activity = line or spell.activity
    return spells


def with_spells(typed: dict, number: int, spells: list[Spell]) -> dict:
    """What was typed, with exactly these spells on the day of this number."""
    rows = [
        {
            "starts": f"{spell.starts:%H:%M}",
            "finishes": f"{spell.finishes:%H:%M}",
            "break_minutes": str(spell.break_minutes),
            "approach": spell.approach,
            "activity": spell.activity,
        }
        for spell in spells
    ]
    return with_rows(typed, number, rows)


def with_rows(typed: dict, number: int, rows: list[dict]) -> dict:
    """What was typed, with exactly these rows, field by field, on the day of this number."""
    rest = {name: value for name, value in typed.items() if not re.match(rf"d{number}-(\d+-|rows$)", name)}
    rest[f"d{number}-rows"] = str(max(len(rows), 1))
    for row, fields in enumerate(rows):
        rest |= {f"d{number}-{row}-{name}": value for name, value in fields.items() if value}
    return rest


def usual_spells(timesheet: Timesheet) -> dict[int, list[Spell]]:
    """The agreed times by weekday, as unsaved spells; bank holidays left out."""
    found = {}
    for number, day in enumerate(timesheet.days):
        if agreed := timesheet.placement.agreed_on(day):
            found[number] = [
                Spell(day=day, starts=agreed.starts, finishes=agreed.finishes, break_minutes=agreed.break_minutes,
                      approach="in_person")
            ]  # fmt: skip
    return found


def last_weeks_spells(timesheet: Timesheet) -> dict[int, list[Spell]]:
    """The spells of the week before, by weekday."""
    found = {}
    before = timesheet.monday - timedelta(weeks=1)
    for spell in Spell.objects.filter(timesheet__placement=timesheet.placement, timesheet__monday=before):
        found.setdefault(spell.day.weekday(), []).append(spell)
    return found
