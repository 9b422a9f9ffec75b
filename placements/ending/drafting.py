"""A first draft of the letter of thanks, from what the portal knows; and what may help in writing it."""

from django.db.models import Sum

from placements.models import Placement
from placements.timesheets.models import Spell, Timesheet
from portal.words import long_date


def hours_in_words(placement: Placement) -> str:
    """'more than 120 hours', from the approved weeks of this placement; '' below ten."""
    weeks = placement.timesheets.filter(status=Timesheet.Status.APPROVED)
    hours = (weeks.aggregate(sum=Sum("minutes"))["sum"] or 0) // 60
    return f"more than {hours // 10 * 10} hours" if hours > 10 else ""


def first_draft(placement: Placement, goals: list) -> str:
    """The letter to begin with. `goals` are the learning goals that hold (placement.goals.current())."""
    manager, student = placement.manager, placement.student
    hours = hours_in_words(placement)
    lines = [
        f"Dear {manager.first_name}," if manager else "Dear all,",
        "",
        f"Thank you for having me at {placement.employer} from {long_date(placement.first_on)} to "
        f"{long_date(placement.last_on)}.{f' I worked with you for {hours}.' if hours else ''} "
        "You and your team gave me time, answered my questions and trusted me with real work.",
        "",
        *goal_lines(goals),
        "What I will remember most is …",
        "",
        "These weeks have shown me what a working day really looks like, and have helped me to decide what I want to "
        "do next. I would be glad to stay in touch.",
        "",
        "Please give my thanks to everybody in the team.",
        "",
        "Kind regards,",
        student.name,
    ]
    return "\n".join(lines)


def goal_lines(goals: list) -> list[str]:
    """What was worked on, as a list to cut down."""
    if not goals:
        return []
    return ["With your help I have come a good way with what I set out to learn:", *(f"- {g}" for g in goals), ""]


def remembered(placement: Placement) -> list:
    """A few things that the student wrote into the weeks, the newest first, as an aid to memory."""
    spells = Spell.objects.filter(timesheet__placement=placement).exclude(activity="").order_by("-day", "-starts")
    return list(spells.only("day", "activity")[:6])
