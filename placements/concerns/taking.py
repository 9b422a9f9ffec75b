"""What a student takes along of their worries: only where they want it in the file."""

from placements.concerns.models import Accident, Concern, Message
from portal.taking import SENSITIVE, Part, Story, table, takes, telling, value_of
from portal.words import full_stop, long_date

# The facts of an accident: (field, what it is called).
ASKED = "happened_on happened_at place what injury told first_aid first_aid_by witnesses"
ACCIDENT = [(name, Accident._meta.get_field(name).verbose_name) for name in ASKED.split()]


@takes(96, "Worries", choices=[SENSITIVE], needs=SENSITIVE.name)
def worries(student, user, wanted):
    """Each with the facts of an accident, all that was said, and what came of it."""
    rows = Concern.objects.visible_to(user).filter(student=student).with_people().select_related("accident")
    rows = list(rows.order_by("raised_at", "pk"))
    if not rows:
        return None
    said = list(Message.objects.filter(concern__in=rows).select_related("concern").order_by("concern", "at", "pk"))
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
    accidents = table(
        "worries-accidents",
        [row for row in rows if hasattr(row, "accident")],
        Worry_of="raised_at",
        **{label.replace(" ", "_").capitalize(): f"accident.{name}" for name, label in ACCIDENT},
    )
    stories = [story(row, [message for message in said if message.concern_id == row.pk]) for row in rows]
    tables = [one for one in (worries, messages, accidents) if one.rows]
    return Part(sheets=[telling("Worries", stories)], tables=tables)


def story(concern: Concern, said: list[Message]) -> Story:
    """A worry as it was told and answered."""
    accident = getattr(concern, "accident", None)
    facts = [("Where", concern.placement and concern.placement.employer.name)]
    facts += [(label.capitalize(), value_of(accident, name)) for name, label in ACCIDENT] if accident else []
    facts += [("How it stands", full_stop(concern.sentence())), ("What came of it", concern.outcome)]
    raised = long_date(concern.raised_at)
    talk = [(message.by_name, message.at, message.text) for message in said]
    return Story(f"{concern.kind}, {raised}", facts, talk)
