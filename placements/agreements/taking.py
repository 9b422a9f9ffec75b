"""What a student takes along of their agreements: the words, who agreed to them, and a scan of the paper."""

from placements.agreements.models import Agreement
from portal.taking import Part, stored, table, takes


@takes(28, "Agreements")
def agreements(student, user, wanted):
    """Only as rows and files: an agreement is a document of its own."""
    rows = Agreement.objects.visible_to(user).filter(placement__student=student)
    rows = list(rows.select_related("placement__employer", "scan").prefetch_related("answers").order_by("made_at"))
    if not rows:
        return None
    everything = table(
        "agreements",
        rows,
        Employer="placement.employer.name",
        Made="made_at",
        Replaced="replaced_at",
        Facts=lambda one: "\n".join(f"{label}: {words}" for label, words in one.facts.items()),
        Text="text",
        Who_agreed=lambda one: "; ".join(answer.name for answer in one.answers.all() if answer.agreed),
    )
    return Part(tables=[everything], files=[stored("agreements", one.scan) for one in rows if one.scan])
