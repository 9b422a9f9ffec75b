"""What a portfolio and an archive say of what is in them: on the page, the cover and in the README."""

from portal.taking import choices

ALWAYS = (
    "placements, hours with the statement, learning goals, inductions, shared logbook entries with their photos, "
    "shared self-assessments and reflections, letters of thanks that were sent, the action plan, review meetings, "
    "what employers said, references, the sign-off and where to check the certificate, as far as there are any"
)
ARCHIVE_TOO = (
    "the same as rows, weeks and days away, what was settled before the start, applications, agreements, research and "
    "CVs that were shown to the college, presentations, questions about figures, the certificate itself, contact "
    "details, and date of birth and learner number in one file, me.json"
)


def asked_for(wanted: set[str]) -> list[str]:
    """What was ticked, in words."""
    return [choice.label for choice in choices() if choice.name in wanted]


def left_out(wanted: set[str]) -> list[str]:
    """What was not ticked, in words."""
    return [choice.label for choice in choices() if choice.name not in wanted]
