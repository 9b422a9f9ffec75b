"""Why a decision about a week cannot be taken back any more."""

from datetime import timedelta

from django.utils import timezone

UNDO_MINUTES = 10


def why_not_undone(timesheet, by) -> str:
    """Why `by` cannot take the last decision back: somebody else's, overtaken, or too late; '' while they can."""
    if timesheet.decided_by_id != by.pk:
        return f"{timesheet.decided_by} decided that, so it is not yours to take back."
    if timesheet.decided_version != timesheet.version:
        student = timesheet.placement.student.user.first_name
        return (
            f"{student}'s week was changed after that, so it cannot be taken back any more. "
            f"It comes to you again when {student} hands it in."
        )
    if timesheet.decided_at > timezone.now() - timedelta(minutes=UNDO_MINUTES):
        return ""
    late = f"That was more than {UNDO_MINUTES} minutes ago."
    if timesheet.status == timesheet.Status.SENT_BACK:
        return f"{late} A week that went back comes to you again when it is handed in."
    return f"{late} Once you are signed in you can open the week again with a reason, and so can the student's tutor."
