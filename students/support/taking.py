"""What a student takes along of what helps them: only where they want it in the file."""

from portal.taking import SENSITIVE, Part, table, takes
from students.support.models import Need


@takes(95, "What helps me", choices=[SENSITIVE], needs=SENSITIVE.name)
def support(student, user, wanted):
    """Only as rows, never on the paper that is made to be shown."""
    rows = list(Need.objects.visible_to(user).filter(student=student))
    if not rows:
        return None
    everything = table(
        "what-helps-me",
        rows,
        About="kind_words",
        In_my_own_words="words",
        What_helps="helps",
        In_an_EHC_plan="get_plan_display",
        Status="sentence",
        Written="written_at",
    )
    return Part(tables=[everything])
