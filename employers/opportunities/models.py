"""Opportunities: the places that an employer offers, as one provider keeps them."""

from datetime import date

from django.db import models
from django.utils import timezone

from employers.models import Employer, Site, VisibleThroughEmployer
from portal.people.models import Provider, Role, User
from portal.times_of_day import minutes_between, stored_in_turn
from portal.workflow import Refused, StatusField, Workflow, verb


class OpportunityQuerySet(VisibleThroughEmployer):
    def managed_by(self, user):
        """Those for which this person is the employer's contact."""
        return self.filter(manager=user, provider__in=user.providers_as(Role.MANAGER))

    def open_on(self, day: date):
        """Those to which a student can still apply on `day`."""
        return self.filter(status=Opportunity.Status.OPEN, closes_on__gte=day, taken__lt=models.F("places"))

    def with_people(self):
        """Everything that a row shows, in the same query."""
        return self.select_related("employer", "site", "manager", "specialism", "provider")


class Opportunity(Workflow):
    """A number of places of one kind at an employer, for one or more T Levels (the guidance, finding a placement).

    `taken` counts the places that were accepted. It grows by one conditional UPDATE (see `take_place`), and the
    database itself keeps it from growing past `places`.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="opportunities", editable=False, verbose_name="employer"
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="site"
    )
    manager = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="contact"
    )
    tlevels = models.ManyToManyField("tlevels.TLevel", related_name="+", verbose_name="T Levels")
    specialism = models.ForeignKey(
        "tlevels.Specialism", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="specialism",
    )  # fmt: skip
    role = models.CharField("role", max_length=150)
    description = models.TextField("description", max_length=3000)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    places = models.PositiveSmallIntegerField("number of places", default=1)
    taken = models.PositiveSmallIntegerField("places taken", default=0, editable=False)
    closes_on = models.DateField("last day to apply")
    status = StatusField("status", max_length=6, choices=Status, default=Status.OPEN, editable=False)
    closed_because = models.CharField("reason for closing", max_length=300, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["closes_on", "pk"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="opportunity_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(places__gte=1), name="opportunity_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("places")), name="opportunity_no_place_given_twice"
            ),
        ]
        indexes = [models.Index(fields=["provider", "status", "closes_on"], name="opportunity_by_status")]

    def __str__(self):
        return f"{self.role} at {self.employer}"

    def save(self, *args, **kwargs):
        self.provider_id = self.employer.provider_id
        super().save(*args, **kwargs)

    @property
    def left(self) -> int:
        """How many places are still to be had."""
        return self.places - self.taken

    @property
    def place(self):
        """Where the work is: the site, or the employer with its own address."""
        return self.site or self.employer

    @property
    def town(self) -> str:
        return (self.site.town if self.site else "") or self.employer.town

    def is_open(self, day: date | None = None) -> bool:
        """Whether a student can apply."""
        return self.status == self.Status.OPEN and self.left > 0 and self.closes_on >= (day or timezone.localdate())

    def places_sentence(self) -> str:
        """'1 place', '2 of 3 places left'."""
        if not self.taken:
            return "1 place" if self.places == 1 else f"{self.places} places"
        return f"{self.left} of {self.places} places left"

    def sentence(self) -> str:
        """The status as people say it."""
        if self.status == self.Status.CLOSED:
            return f"Closed: {self.closed_because}"
        if self.left <= 0:
            return "Full: the place is taken" if self.places == 1 else f"Full: all {self.places} places are taken"
        if not self.is_open():
            return f"Closed for applications since {self.closes_on:%-d %B %Y}"
        return f"Open until {self.closes_on:%-d %B %Y}, {self.places_sentence()}"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        return "waiting" if self.is_open() else "good" if self.left <= 0 else "calm"

    # --- the moves ---

    def relations(self, user) -> set[str]:
        """How `user` stands to this: staff of the provider, the employer's contact."""
        found = {"staff"} if self.provider_id in user.providers_as(Role.TUTOR, Role.COORDINATOR) else set()
        return found | ({"manager"} if self.manager_id == user.pk else set())

    @verb(source=Status.OPEN, target=Status.CLOSED, who={"staff"})
    def close(self, *, by, reason: str):
        """Let nobody apply any more. Who has applied already keeps their place in the queue."""
        if not reason.strip():
            raise Refused("Say in a few words why it is closed.")
        self.closed_because = reason.strip()
        return f"closed it. Reason: {self.closed_because}"

    @verb(source=Status.CLOSED, target=Status.OPEN, who={"staff"})
    def reopen(self, *, by, closes_on: date):
        """Open it again until `closes_on`. Raises Refused if that day is past or the work is over by then."""
        if closes_on < timezone.localdate():
            raise Refused("This day has passed already.")
        if closes_on > self.last_on:
            raise Refused(f"The work itself ends on {self.last_on:%-d %B %Y}.")
        self.closes_on, self.closed_because = closes_on, ""
        return f"opened it again until {closes_on:%-d %B %Y}"


class OpportunityDay(models.Model):
    """One weekday of the working pattern that an opportunity comes with; a weekday without a row is a day off."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="days", editable=False)
    weekday = models.PositiveSmallIntegerField("weekday")  # Monday is 0
    starts = models.TimeField("start")
    finishes = models.TimeField("finish")
    break_minutes = models.PositiveSmallIntegerField("unpaid break in minutes", default=0)

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "weekday"], name="opportunity_day_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opportunity_day_weekday"),
            models.CheckConstraint(condition=stored_in_turn(), name="opportunity_day_finishes_after_start"),
        ]

    def __str__(self):
        return f"{self.starts:%H:%M} to {self.finishes:%H:%M}"

    @property
    def valid_from(self) -> date:
        """A pattern of its own from the first day on (placements.pattern.Pattern reads it)."""
        return self.opportunity.first_on

    @property
    def minutes(self) -> int:
        """Minutes of work, without the break."""
        return minutes_between(self.starts, self.finishes) - self.break_minutes
