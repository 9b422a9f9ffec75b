"""What a student takes along of their worries: only where they want it in the file."""

from placements.concerns.models import Concern, Message
from portal.taking import SENSITIVE, Part, table, takes


@takes(96, "Worries", choices=[SENSITIVE], needs=SENSITIVE.name)
def worries(student, user, wanted):
    """Only as rows, never on the paper that is made to be shown."""
    rows = Concern.objects.visible_to(user).filter(student=student).select_related("kind", "placement__employer")
    rows = list(rows.order_by("raised_at"))
    if not rows:
        return None
    said = Message.objects.filter(concern__in=rows).select_related("concern").order_by("concern", "at")
    worries = table(
        "worries",
        rows,
        Raised="raised_at",
        About="kind",
        Employer="placement.employer.name",
        Status="get_status_display",
        Outcome="outcome",
        Settled="settled_at",
    )
    messages = table("worries-messages", said, Worry_of="concern.raised_at", Written="at", By="by_name", Words="text")
    return Part(tables=[worries, messages])
