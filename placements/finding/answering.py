"""What contacts at employers answer by a link: who gets the place, and how an interview was."""

from django.http import Http404

from employers.opportunities.models import Opportunity
from placements.finding.models import Application
from placements.finding.telling import APPLICATIONS, FEEDBACK
from placements.finding.views.applicants import applicants_by_link, feedback_page
from portal.asks.kinds import answers


@answers(APPLICATIONS, Opportunity, title="Look at who has applied", remind_after=())
def applications_by_link(request, ask, opportunity, step=""):
    """All applicants for an opportunity. The daily mail reminds, not the clock of the asks."""
    return applicants_by_link(request, ask, opportunity, step)


@answers(FEEDBACK, Application, title="Say how the interview was", remind_after=(4,))
def feedback_by_link(request, ask, application, step=""):
    """Feedback on one interview."""
    application = Application.objects.with_people().get(pk=application.pk)
    if step or ask.to_id != application.opportunity.manager_id:
        raise Http404
    return feedback_page(request, ask, application)
