"""What the week page does with what it is sent: save, hand in, fill in, and keep what cannot be stored."""

import re
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from placements.bank_holidays import name_of
from placements.timesheets.day_form import ROWS_AT_MOST
from placements.timesheets.models import Spell, Timesheet
from placements.timesheets.week import ensure_saved, keep_typed, spells_elsewhere, write_week
from placements.timesheets.week_form import WeekForm
from portal.posted import seen_in, whole_number
from portal.workflow import Refused, SomebodyWasQuicker

KEEP_SALT = "week-of-somebody-signed-out"
KEEP_SECONDS = 2 * 24 * 60 * 60
LEFT_BY = "left_by"  # among the words that were kept: the name of the page that left them


def form_of(timesheet: Timesheet, data=None, *, kind: type[WeekForm] = WeekForm) -> WeekForm:
    """The week's form: what was sent, else what was typed and not stored, else what is stored."""
    kept = timesheet.typed if data is None else None
    data = kept or data
    stored = bool(timesheet.pk) and data is None
    form = kind(
        timesheet,
        data,
        spells=list(timesheet.spells.all()) if stored else [],
        absences=list(timesheet.absences()) if data is None else [],
        elsewhere=spells_elsewhere(timesheet),
    )
    if kept:
        form.is_valid()  # so that what was wrong with it shows again
    return form


@transaction.atomic
def save_week(timesheet: Timesheet, form: WeekForm, *, by, seen: int) -> Timesheet:
    """Store a form as hours if it is valid, else as what was typed; returns the week. May raise SomebodyWasQuicker."""
    timesheet = ensure_saved(timesheet)
    if form.is_valid():
        write_week(timesheet, form, by=by, seen=seen)
    else:
        keep_typed(timesheet, form.typed(), seen=seen)
    return timesheet


def filled(timesheet: Timesheet, form: WeekForm, how: str) -> dict:
    """What was typed, with more filled in: 'usual' times, 'last_week', or one more row for a day ('row-2')."""
    typed = form.typed()
    if how.startswith("row-"):
        number = whole_number(how.removeprefix("row-"))
        if number in range(len(form.days)):
            typed[f"d{number}-rows"] = str(min(form.days[number].row_count() + 1, ROWS_AT_MOST))
        return typed
    source = last_weeks_spells(timesheet) if how == "last_week" else usual_spells(timesheet)
    for number, day in enumerate(form.days):
        if day.day > timezone.localdate() or not day.is_open:
            continue
        untouched = all(row.is_blank() for row in day.spell_forms) and not typed.get(f"d{number}-absence")
        if untouched and source.get(number):
            typed = with_spells(typed, number, source[number])
    return typed


def with_spells(typed: dict, number: int, spells: list[Spell]) -> dict:
    """What was typed, with exactly these spells on the day of this number."""
    rest = {name: value for name, value in typed.items() if not re.match(rf"d{number}-(\d+-|rows$)", name)}
    rest[f"d{number}-rows"] = str(max(len(spells), 1))
    for row, spell in enumerate(spells):
        rest |= {
            f"d{number}-{row}-starts": f"{spell.starts:%H:%M}",
            f"d{number}-{row}-finishes": f"{spell.finishes:%H:%M}",
            f"d{number}-{row}-break_minutes": str(spell.break_minutes),
            f"d{number}-{row}-approach": spell.approach,
            f"d{number}-{row}-activity": spell.activity,
        }
    return rest


def usual_spells(timesheet: Timesheet) -> dict[int, list[Spell]]:
    """The agreed times by weekday, as unsaved spells; bank holidays left out."""
    found = {}
    for number, day in enumerate(timesheet.days):
        agreed = timesheet.placement.pattern.on(day)
        if agreed and not name_of(day):
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


# --- Somebody whose session ended while they typed ---


def keep_token(timesheet: Timesheet, user) -> str:
    """Lets a week page that is sent after the session ended leave its words with the draft, and nothing else.

    Each page has a name of its own in it, so that its later words win over its earlier ones.
    """
    return signing.dumps(
        {
            "placement": timesheet.placement_id,
            "monday": timesheet.monday.isoformat(),
            "user": user.pk,
            "page": get_random_string(12),
        },
        salt=KEEP_SALT,
        compress=True,
    )


def page_of(timesheet: Timesheet, data) -> str:
    """The name of the page that was sent; '' unless it was this week's, shown to its student."""
    try:
        kept = signing.loads(data.get("keep", ""), salt=KEEP_SALT, max_age=KEEP_SECONDS)
    except signing.BadSignature:
        return ""
    placement = timesheet.placement
    page = kept.pop("page", "")
    ours = {"placement": placement.pk, "monday": timesheet.monday.isoformat(), "user": placement.student.user_id}
    return page if kept == ours else ""


def seen_by(timesheet: Timesheet, data) -> int:
    """The version that a page had before it; the present one, where that holds only what the page left itself."""
    left_by = (timesheet.typed or {}).get(LEFT_BY)
    return timesheet.version if left_by and left_by == page_of(timesheet, data) else seen_in(data)


def keep_for_later(timesheet: Timesheet, data) -> bool:
    """Keep what a signed-out person typed, if the page they sent was theirs; says whether it was kept."""
    page = page_of(timesheet, data)
    if not page:
        return False
    try:
        stored = ensure_saved(timesheet)
        typed = form_of(stored, data).typed() | {LEFT_BY: page}
        keep_typed(stored, typed, seen=max(seen_by(stored, data), 0))
    except (Refused, SomebodyWasQuicker):
        return False
    return True
