"""What a student takes along of finding a place: where they applied, and what employers said."""

from placements.finding.models import Application, Feedback
from portal.taking import Part, table, takes


@takes(9, "Applications")
def applications(student, user, wanted):
    """Only as rows."""
    rows = Application.objects.visible_to(user).filter(student=student).select_related("opportunity__employer")
    rows = list(rows.order_by("made_at"))
    if not rows:
        return None
    said = Feedback.objects.filter(application__in=rows).select_related("application__opportunity__employer")
    applied = table(
        "applications",
        rows,
        Employer="opportunity.employer.name",
        Place="opportunity.role",
        Applied="applied_at",
        Status="get_status_display",
        My_note="note",
        Interview="interview_at",
        Their_words="answer",
        My_words="reply",
    )
    feedback = table(
        "interview-feedback", said, Employer="application.opportunity.employer.name", Words="words", Given="at"
    )
    return Part(tables=[applied, feedback])
