"""Where an application stands, and which ones a person may see."""

from django.db import models
from django.utils import timezone

from portal.people.models import Role
from students.models import seen_with_the_student


class Status(models.TextChoices):
    PUT_FORWARD = "put_forward", "Put forward"
    APPLIED = "applied", "Applied"
    SHORTLISTED = "shortlisted", "On the shortlist"
    INTERVIEW = "interview", "Interview"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    NOT_SUCCESSFUL = "not_successful", "Not successful"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDECIDED = [Status.APPLIED, Status.SHORTLISTED, Status.INTERVIEW]
OPEN = [Status.PUT_FORWARD, *UNDECIDED, Status.OFFERED]
LIVE = [*OPEN, Status.ACCEPTED]
AFTER_INTERVIEW = [Status.INTERVIEW, Status.OFFERED, Status.ACCEPTED, Status.DECLINED, Status.NOT_SUCCESSFUL]


class InterviewWay(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the student is; and the contact's, from when the student has agreed."""
        wanted = seen_with_the_student(user, "student__")
        if managed := user.providers_as(Role.MANAGER):
            wanted |= models.Q(opportunity__manager=user, opportunity__provider__in=managed, applied_at__isnull=False)
        return self.filter(wanted)

    def with_people(self):
        """Everything that a row shows, in the same query (the CV without its content)."""
        return self.select_related(
            "student__user", "student__tutor", "student__tlevel", "student__specialism", "student__provider",
            "opportunity__employer", "opportunity__site", "opportunity__manager", "opportunity__provider",
            "put_forward_by", "cv",
        ).defer("cv__content")  # fmt: skip

    def live(self):
        """Those that may still come to a place, or have."""
        return self.filter(status__in=LIVE)

    def undecided(self):
        """Sent to the employer, and no outcome yet."""
        return self.filter(status__in=UNDECIDED)

    def to_decide(self, now=None):
        """Those for which it is the employer's turn: not answered, on the shortlist, or the interview is over."""
        over = models.Q(status=Status.INTERVIEW, interview_at__lte=now or timezone.now())
        return self.filter(models.Q(status__in=[Status.APPLIED, Status.SHORTLISTED]) | over)
