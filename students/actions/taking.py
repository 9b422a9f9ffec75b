"""What a student takes along of their action plan."""

from functools import partial

from portal.taking import Part, Sheet, table, takes
from students.actions.models import Action


@takes(55, "Action plan")
def action_plan(student, user, wanted):
    actions = list(Action.objects.visible_to(user).filter(student=student).prefetch_related("comments"))
    if not actions:
        return None
    everything = table(
        "action-plan",
        actions,
        What_to_get_better_at="improve",
        From="about",
        How_and_what_support="how",
        By_when="due_on",
        Progress="progress",
        Done="done_on",
        Comments=lambda action: "\n".join(str(comment) for comment in action.comments.all()),
    )
    return Part(
        sheets=[Sheet("Action plan", "print/action_plan.html", partial(dict, actions=actions))], tables=[everything]
    )
