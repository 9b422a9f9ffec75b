"""Learning goals in a student's timeline."""

from django.db.models import Count, Exists, OuterRef, Subquery

from placements.goals.models import LearningGoal
from portal.timeline import Facts, Happening, happens


@happens("goals")
def agreed_goals(student, user):
    """Goals that the line manager agreed to, in one line for those agreed at the same moment."""
    agreed = LearningGoal.objects.filter(placement__student=student, manager_agreed_at__isnull=False)
    together = LearningGoal.objects.filter(
        placement=OuterRef("placement"), manager_agreed_at=OuterRef("manager_agreed_at")
    ).order_by()
    number = together.values("placement").annotate(number=Count("pk")).values("number")
    return Happening(
        agreed.exclude(Exists(together.filter(pk__lt=OuterRef("pk")))),
        "manager_agreed_at",
        says_agreed,
        "goal_list",
        thing="placement_id",
        words="wording",
        name="manager_agreed_name",
        number=Subquery(number),
        tone="good",
    )


def says_agreed(row: Facts) -> str:
    if row.number == 1:
        return f"{row.name} agreed to a learning goal: {row.words}"
    return f"{row.name} agreed to {row.number} learning goals"


@happens("goals")
def dropped_goals(student, user):
    """Goals that were agreed, and dropped without another wording in their place."""
    successor = LearningGoal.objects.filter(replaces=OuterRef("pk"))
    dropped = LearningGoal.objects.filter(manager_agreed_at__isnull=False, placement__student=student)
    return Happening(
        dropped.exclude(Exists(successor)),
        "replaced_at",
        lambda row: f"A learning goal was dropped: {row.words}",
        "goal_list",
        thing="placement_id",
        words="wording",
    )
