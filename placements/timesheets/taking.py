"""What a student takes along of their weeks: every hour and every day away, in plain rows."""

from placements.timesheets.models import Absence, AbsenceKind, Spell, Timesheet
from portal.taking import SENSITIVE, Part, Table, table, takes


@takes(25, "Weeks and days", choices=[SENSITIVE])
def weeks_and_days(student, user, wanted):
    """Weeks with who decided them, the hours of each day, and absences. The statement of hours shows them on paper.

    That a day away was for illness, and the note to any such day, is about health.
    """
    weeks = Timesheet.objects.visible_to(user).filter(placement__student=student).order_by("monday", "pk")
    weeks = list(weeks.select_related("placement__employer", "decided_by"))
    away = Absence.objects.visible_to(user).filter(placement__student=student).select_related("placement__employer")
    if not weeks and not away:
        return None
    absences = days_away(away.order_by("day"), in_confidence=SENSITIVE.name in wanted)
    return Part(tables=[table_of(weeks), hours_of(weeks), absences])


def table_of(weeks: list[Timesheet]) -> Table:
    """One row a week, with who decided it."""
    return table(
        "weeks",
        weeks,
        Week_beginning="monday",
        Employer="placement.employer.name",
        Status="get_status_display",
        Minutes="minutes",
        Handed_in="handed_in_at",
        Decided="decided_at",
        Decided_by="decided_by.name",
        Signed_on_paper_by="signed_on_paper_by",
        Message="message",
        Reason="reason",
    )


def hours_of(weeks: list[Timesheet]) -> Table:
    """One row for each spell of work."""
    employers = {week.pk: week.placement.employer.name for week in weeks}
    return table(
        "hours",
        Spell.objects.filter(timesheet__in=weeks).order_by("day", "starts"),
        Day="day",
        Employer=lambda spell: employers[spell.timesheet_id],
        Start=lambda spell: f"{spell.starts:%H:%M}",
        Finish=lambda spell: f"{spell.finishes:%H:%M}",
        Break_in_minutes="break_minutes",
        Minutes="minutes",
        How="get_approach_display",
        What_I_did="activity",
    )


def days_away(absences, *, in_confidence: bool) -> Table:
    """Each day away; only in confidence which of them were for illness, and the notes."""

    def why(absence):
        return absence.get_kind_display() if in_confidence or absence.kind != AbsenceKind.SICK else "Away"

    notes = {"Note": "note"} if in_confidence else {}
    about = {"Day": "day", "Employer": "placement.employer.name", "Why": why, "Known_in_advance": "foreseen"}
    return table("absences", absences, **about, **notes)
