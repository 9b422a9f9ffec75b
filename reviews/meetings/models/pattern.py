"""When a provider wants review meetings: a few rows, counted from the start, the middle or the end of a placement."""

from datetime import date, timedelta

from django.db import models

from portal.people.models import Provider, Role


class Anchor(models.TextChoices):
    START = "start", "days after the first day"
    MIDDLE = "middle", "days after the middle"
    END = "end", "days before the last day"


class PatternQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see the pattern of their own provider."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))

    def of(self, provider_id: int) -> list["PatternMeeting"]:
        """The provider's own rows, or those that ship with the portal where it has none. One query."""
        rows = list(self.filter(models.Q(provider=provider_id) | models.Q(provider=None)))
        return [row for row in rows if row.provider_id] or rows


class PatternMeeting(models.Model):
    """One meeting of a pattern. Rows without a provider ship with the portal and hold where it has none of its own."""

    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, null=True, related_name="review_pattern", editable=False
    )
    title = models.CharField("name", max_length=80)
    days = models.PositiveSmallIntegerField("days", default=0)
    anchor = models.CharField("counted from", max_length=6, choices=Anchor, default=Anchor.START)

    objects = PatternQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title

    def due_on(self, placement) -> date:
        """The day around which the meeting should take place, within the placement."""
        first, last = placement.first_on, placement.last_on
        middle = first + (last - first) / 2
        days = timedelta(days=self.days)
        wanted = {Anchor.START: first + days, Anchor.MIDDLE: middle + days, Anchor.END: last - days}[self.anchor]
        return max(first, min(last, wanted))
