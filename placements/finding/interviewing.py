"""Interviews of applications, for the room in which students get ready for them."""

from placements.finding.models import Application
from students.interviews.arranged import Arranged, arranges

SHOWN = 20


@arranges
def interviews_of_applications(student):
    """Those that lie ahead, the next first; then those that were held, the last first."""
    rows = Application.objects.filter(student=student, interview_at__isnull=False).with_people()
    rows = list(rows.order_by("-interview_at", "pk")[:SHOWN])
    ahead = [told(row) for row in reversed(rows) if row.has_interview_ahead()]
    return ahead + [told(row, is_over=True) for row in rows if row.was_interviewed()]


def told(row: Application, *, is_over: bool = False) -> Arranged:
    opportunity = row.opportunity
    return Arranged(
        key=row.pk,
        employer_id=opportunity.employer_id,
        employer=str(opportunity.employer),
        role=opportunity.role,
        at=row.interview_at,
        minutes=row.interview_minutes,
        how=row.get_interview_way_display(),
        where=row.interview_where,
        words=row.interview_words,
        contact=opportunity.manager.name if opportunity.manager else "",
        url=row.get_absolute_url(),
        feedback_url=f"{row.get_absolute_url()}#feedback" if is_over else "",
    )
