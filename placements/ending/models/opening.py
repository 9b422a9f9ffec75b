"""When the ending of a placement can be prepared, and who may see which part of it."""

from datetime import date, timedelta

from django.db import models

from placements.models import Placement
from portal.people.models import Role

OPENS_BEFORE = timedelta(weeks=3)  # before the last day


def opens_on(placement: Placement) -> date:
    """The first day on which the student can prepare the ending."""
    return max(placement.first_on, placement.last_on - OPENS_BEFORE)


def is_open_on(placement: Placement, today: date) -> bool:
    """Whether the ending is open: in the last three weeks, and for ever after; never of a work taster."""
    if placement.is_taster or placement.status == Placement.Status.PLANNED:
        return False
    return placement.status == Placement.Status.ENDED or today >= opens_on(placement)


class ByRelation(models.QuerySet):
    """Rows by how a person stands to the placement. `to_manager` False: nothing of it is the manager's."""

    to_manager = False

    def visible_to(self, user):
        """The student's own, the tutor's caseload, the coordinator's provider, and the manager's where it says so."""
        wanted = self.of_student(user) | self.of_tutor(user)
        if coordinated := user.providers_as(Role.COORDINATOR):
            wanted |= models.Q(placement__provider__in=coordinated)
        if self.to_manager and (managed := user.providers_as(Role.MANAGER)):
            wanted |= models.Q(placement__manager=user, placement__provider__in=managed)
        return self.filter(wanted)

    @staticmethod
    def of_student(user) -> models.Q:
        """The student whose placement it is."""
        return models.Q(placement__student__user=user, placement__provider__in=user.providers_as(Role.STUDENT))

    @staticmethod
    def of_tutor(user) -> models.Q:
        """That student's tutor."""
        return models.Q(placement__student__tutor=user, placement__provider__in=user.providers_as(Role.TUTOR))
