"""What the week page does with what it is sent: save, and keep what cannot be stored."""

from django.core import signing
from django.db import transaction

from placements.timesheets.models import Timesheet
from placements.timesheets.week import ensure_saved, keep_typed, spells_elsewhere, takes_back, write_week
from placements.timesheets.week_form import WeekForm
from portal.own_saves import Seen
from portal.workflow import Refused, SomebodyWasQuicker

KEEP_SALT = "week-of-somebody-signed-out"
KEEP_SECONDS = 2 * 24 * 60 * 60
HEAR_OF_IT = "Save the week to tell your manager and your tutor that you will be there."


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
def save_week(timesheet: Timesheet, form: WeekForm, *, by, seen: int, quietly: bool = False) -> Timesheet:
    """Store a form as hours if it is valid, else as what was typed; returns the week. May raise SomebodyWasQuicker.

    A week that saves itself (`quietly`) takes back no day away that was told: it is kept as typed until a press.
    """
    timesheet = ensure_saved(timesheet)
    if form.is_valid() and not (quietly and takes_back(timesheet, form)):
        write_week(timesheet, form, by=by, seen=seen)
    else:
        keep_typed(timesheet, form.typed(), seen=seen)
    return timesheet


def waits_for(timesheet: Timesheet, form: WeekForm) -> str:
    """What a valid form that is kept as typed waits for, in words; '' for nothing."""
    waits = timesheet.typed and form.is_bound and form.is_valid() and takes_back(timesheet, form)
    return HEAR_OF_IT if waits else ""


# --- Somebody whose session ended while they typed ---


def keep_token(timesheet: Timesheet, user) -> str:
    """Lets a week page that is sent after the session ended leave its words with the draft, and nothing else."""
    return signing.dumps(
        {"placement": timesheet.placement_id, "monday": timesheet.monday.isoformat(), "user": user.pk},
        salt=KEEP_SALT,
        compress=True,
    )


def was_shown(timesheet: Timesheet, data) -> bool:
    """Whether the page that was sent is this week's, shown to its student."""
    try:
        kept = signing.loads(data.get("keep", ""), salt=KEEP_SALT, max_age=KEEP_SECONDS)
    except signing.BadSignature:
        return False
    placement = timesheet.placement
    ours = {"placement": placement.pk, "monday": timesheet.monday.isoformat(), "user": placement.student.user_id}
    return ours.items() <= kept.items()


def keep_for_later(timesheet: Timesheet, data) -> bool:
    """Keep what a signed-out person typed, if the page they sent was theirs; says whether it was kept."""
    if not was_shown(timesheet, data):
        return False
    try:
        stored = ensure_saved(timesheet)
        keep_typed(stored, form_of(stored, data).typed(), seen=Seen.of(data))
    except (Refused, SomebodyWasQuicker):
        return False
    return True
