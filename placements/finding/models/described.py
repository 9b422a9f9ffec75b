"""What an application says of itself: where it stands, in the words of its pages and mails."""

from django.utils import timezone

from placements.finding.models.status import AFTER_INTERVIEW, LIVE, OPEN, UNDECIDED, Status
from portal.words import long_date
from portal.workflow import Workflow


class Described(Workflow):
    """The words of an Application, which has the fields."""

    Status = Status
    OPEN, UNDECIDED, LIVE, AFTER_INTERVIEW = OPEN, UNDECIDED, LIVE, AFTER_INTERVIEW

    class Meta:
        abstract = True

    def has_interview_ahead(self, now=None) -> bool:
        return self.status == self.Status.INTERVIEW and self.interview_at > (now or timezone.now())

    def was_interviewed(self, now=None) -> bool:
        """Whether there was an interview, so that feedback can be expected."""
        is_past = self.interview_at is not None and self.interview_at <= (now or timezone.now())
        return is_past and self.status in self.AFTER_INTERVIEW

    @property
    def is_answered(self) -> bool:
        """Whether the employer has said yes or no."""
        return self.status in self.AFTER_INTERVIEW and self.status != self.Status.INTERVIEW

    @property
    def employer_needs_papers(self) -> bool:
        """Whether the employer has use for note and CV: not once it came to nothing."""
        return self.status in self.LIVE

    def sentence(self) -> str:
        """The status as people say it."""
        status, moved = self.Status, long_date(self.moved_at)
        match self.status:
            case status.PUT_FORWARD:
                return f"Put forward by {self.put_forward_by} on {moved}, the student has not agreed yet"
            case status.APPLIED:
                return f"Sent on {long_date(self.applied_at)}, not answered yet"
            case status.SHORTLISTED:
                return f"On the shortlist since {moved}"
            case status.INTERVIEW:
                on = long_date(self.interview_at)
                if self.has_interview_ahead():
                    return f"Interview on {on} at {timezone.localtime(self.interview_at):%H:%M}"
                return f"Interviewed on {on}, the outcome is awaited"
            case status.OFFERED:
                until = f", answer wanted by {self.answer_by:%-d %B %Y}" if self.answer_by else ""
                return f"Place offered on {moved}{until}"
            case status.ACCEPTED:
                return f"Place accepted on {moved}"
            case status.DECLINED:
                return f"Offer declined on {moved}"
            case status.NOT_SUCCESSFUL:
                return f"Not successful this time, answered on {moved}"
        return f"Withdrawn on {moved}" if self.applied_at else f"Not taken up, closed on {moved}"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        status = self.Status
        if self.status in (status.PUT_FORWARD, status.OFFERED):
            return "attention"
        if self.status in self.UNDECIDED:
            return "waiting"
        return "good" if self.status == status.ACCEPTED else "calm"
