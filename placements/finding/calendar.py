"""An interview as a calendar entry."""

from django.http import HttpResponse

from placements.finding.models import Application
from portal.calendar import calendar_response
from portal.notices.mail import absolute


def interview_calendar(application: Application) -> HttpResponse:
    """The .ics file of the interview. A later version of the same entry replaces the one before."""
    opportunity = application.opportunity
    words = [application.get_interview_way_display(), application.interview_words]
    return calendar_response(
        uid=f"interview-{application.pk}@placement-portal",
        sequence=application.version,
        starts_at=application.interview_at,
        minutes=application.interview_minutes,
        title=f"Interview: {opportunity.role}, {opportunity.employer}",
        where=application.interview_where or application.get_interview_way_display(),
        words="\n".join([word for word in words if word] + [absolute(application.get_absolute_url())]),
        filename="interview.ics",
    )
