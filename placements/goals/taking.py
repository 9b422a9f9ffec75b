"""What a student takes along of their learning goals."""

from placements.goals.models import LearningGoal
from portal.taking import Part, listing, table, takes


@takes(30, "Learning goals")
def learning_goals(student, user, wanted):
    """The wordings that hold on paper, all of them as rows. What nobody has agreed to is not the student's yet."""
    rows = LearningGoal.objects.visible_to(user).filter(placement__student=student, tutor_agreed_at__isnull=False)
    rows = list(rows.select_related("placement__employer").order_by("placement__first_on", "number", "written_at"))
    if not rows:
        return None
    held = [goal for goal in rows if goal.replaced_at is None]
    shown = table("goals", held, Goal="wording", Employer="placement.employer.name", How_it_was_agreed="sentence")
    everything = table(
        "goals",
        rows,
        Employer="placement.employer.name",
        Number="number",
        Goal="wording",
        Tutor_agreed="tutor_agreed_at",
        Tutor="tutor_agreed_name",
        Line_manager_agreed="manager_agreed_at",
        Line_manager="manager_agreed_name",
        Replaced="replaced_at",
    )
    return Part(sheets=[listing("Learning goals", shown)] if held else [], tables=[everything])
