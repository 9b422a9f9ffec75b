"""What a student takes along of what helps them: only where they want it in the file."""

from portal.taking import PRIVATE, SENSITIVE, Part, Story, table, takes, telling
from students.support.models import Need


@takes(95, "What helps me", choices=[PRIVATE, SENSITIVE], needs=SENSITIVE.name)
def support(student, user, wanted):
    """What is shared with the college; drafts and what was taken back where they are wanted as well."""
    rows = Need.objects.visible_to(user).filter(student=student)
    rows = list(rows if PRIVATE.name in wanted else rows.shared())
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
    return Part(sheets=[telling("What helps me", [story(need) for need in rows])], tables=[everything])


def story(need: Need) -> Story:
    """A need as its student told it."""
    plan = "" if need.plan == Need.Plan.UNSAID else need.get_plan_display()
    facts = [("In my own words", need.words), ("What helps", need.helps), ("In an EHC plan", plan)]
    facts += [("Shared with my tutor since", need.shared_at), ("No longer needed since", need.ended_at)]
    return Story(need.kind_words, facts)
