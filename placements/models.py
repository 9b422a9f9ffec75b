"""Who is where: the placement and its working pattern."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from employers.models import Employer, Site
from placements.bank_holidays import bank_holidays, name_of
from placements.pattern import Pattern
from placements.starting import missing_in, tasks_of
from portal.people.models import Provider, Role, User
from portal.times_of_day import minutes_between, stored_in_turn
from portal.words import short_span
from portal.workflow import Refused, StatusField, Workflow, verb
from students.frozen import frozen_sentence
from students.models import Student


class VisibleThroughPlacement(models.QuerySet):
    """A record is visible if and only if its placement is. `placement` is the way from the record to its placement."""

    placement = "placement__"

    def visible_to(self, user):
        """The student's own, the tutor's caseload, the manager's placements, the coordinator's whole provider."""
        way = self.placement
        wanted = models.Q()
        if own := user.providers_as(Role.STUDENT):
            wanted |= models.Q(**{f"{way}student__user": user, f"{way}provider__in": own})
        if tutored := user.providers_as(Role.TUTOR):
            wanted |= models.Q(**{f"{way}student__tutor": user, f"{way}provider__in": tutored})
        if managed := user.providers_as(Role.MANAGER):
            wanted |= models.Q(**{f"{way}manager": user, f"{way}provider__in": managed})
        if coordinated := user.providers_as(Role.COORDINATOR):
            wanted |= models.Q(**{f"{way}provider__in": coordinated})
        return self.filter(wanted) if wanted else self.none()

    def own(self, user):
        """Those of the student who is signed in, whatever else they see from another desk."""
        way, own = self.placement, user.providers_as(Role.STUDENT)
        return self.filter(**{f"{way}student__user": user, f"{way}provider__in": own})


class PlacementQuerySet(VisibleThroughPlacement):
    placement = ""

    def with_people(self):
        """Everything that a row shows, in the same query."""
        return self.select_related(
            "student__user", "student__tutor", "student__tlevel", "student__specialism", "employer", "site", "manager",
            "provider",
        )  # fmt: skip

    def without_tasters(self):
        """Industry placements alone: what is asked of these only, and whether a student has one."""
        return self.exclude(kind=Placement.Kind.TASTER)


class Pay(models.TextChoices):
    UNPAID = "unpaid", "Not paid"
    PAID = "paid", "Paid"
    EXPENSES = "expenses", "Not paid, expenses covered"
    BOTH = "both", "Paid, and expenses covered"


class Placement(Workflow):
    """One student with one employer for a time. The tutor is the student's (one definition: Student.tutor).

    A work taster is a short one, before the student commits to an employer: fewer things are asked of it (rooms say
    which: `of_tasters`), all of its hours are of the approach 'work taster', and it is not the student's placement.
    """

    class Kind(models.TextChoices):
        PLACEMENT = "placement", "Placement"
        TASTER = "taster", "Work taster"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Active"
        ENDED = "ended", "Ended"

    kind = models.CharField("kind", max_length=9, choices=Kind, default=Kind.PLACEMENT, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="placements", editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="placements")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="placements")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    manager = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="managed", verbose_name="line manager"
    )
    role = models.CharField("role", max_length=150, help_text="What the student does there, for example 'Site office'.")
    departments = models.CharField(
        "departments",
        max_length=300,
        blank=True,
        help_text="Where the student works, in their order, for example 'Service desk, then networks'.",
    )
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    pay = models.CharField("pay and expenses", max_length=8, choices=Pay, default=Pay.UNPAID)
    status = StatusField("status", max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    ended_because = models.CharField("reason for ending", max_length=300, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="placement_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["student", "employer", "first_on"], name="placement_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["placement", "taster"]), name="placement_kind_known"),
        ]
        indexes = [
            models.Index(fields=["manager", "status"], name="placement_by_manager"),
            models.Index(fields=["provider", "status", "first_on"], name="placement_by_status"),
            models.Index(fields=["provider", "status", "last_on"], name="placement_by_last_day"),
        ]

    def __str__(self):
        return f"{self.student} at {self.employer}"

    def save(self, *args, **kwargs):
        self.provider_id = self.student.provider_id
        super().save(*args, **kwargs)

    # --- what ---

    @property
    def is_taster(self) -> bool:
        return self.kind == self.Kind.TASTER

    @property
    def called(self) -> str:
        """What it is, within a sentence: 'placement' or 'work taster'."""
        return self.get_kind_display().lower()

    @cached_property
    def where(self) -> str:
        """The employer's name; where others of the student stand beside it, what they are `told_apart` by as well."""
        return str(self.employer)

    def named_beside(self, others) -> str:
        """'placement at Harbour'; where one of the `others` is alike, with days: 'work taster at Harbour, 3 March'."""
        alike = [one for one in others if (one.employer_id, one.kind) == (self.employer_id, self.kind)]
        days = f", {short_span(self.first_on, self.last_on)}" if any(one.pk != self.pk for one in alike) else ""
        return f"{self.called} at {self.employer}{days}"

    # --- who ---

    @property
    def tutor(self) -> User | None:
        return self.student.tutor

    def relations(self, user) -> set[str]:
        """How `user` stands to this placement: any of student, tutor, manager, coordinator."""
        found = set()
        if self.student.user_id == user.pk:
            found.add("student")
        if self.student.tutor_id == user.pk:
            found.add("tutor")
        if self.manager_id == user.pk:
            found.add("manager")
        if self.provider_id in user.providers_as(Role.COORDINATOR):
            found.add("coordinator")
        return found

    def frozen(self) -> str:
        """Once the student is signed off, people neither start, end nor resume anything; the clock may."""
        return frozen_sentence(self.student_id)

    def frozen_as_read(self) -> str:
        return self.student.frozen_says

    # --- when ---

    @cached_property
    def pattern(self) -> Pattern:
        """The working pattern with all its changes."""
        return Pattern(self.pattern_days.all())

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    @property
    def span(self) -> str:
        """'5 January 2026 to 27 March 2026', or the one day."""
        days = dict.fromkeys((self.first_on, self.last_on))
        return " to ".join(f"{day:%-d %B %Y}" for day in days)

    def goes_on(self, day: date) -> bool:
        """Whether it has started, and `day` lies within it."""
        return self.status == self.Status.ACTIVE and self.covers(day)

    def agreed_on(self, day: date) -> "PatternDay | None":
        """What is agreed for `day`; None outside the placement, on a day off and on a bank holiday."""
        return self.pattern.on(day) if self.covers(day) and not name_of(day) else None

    def agreed_minutes(self, first: date, last: date) -> int:
        """Minutes agreed from `first` to `last` (both included) within the placement, bank holidays left out."""
        first, last = max(first, self.first_on), min(last, self.last_on)
        return self.pattern.minutes_between(first, last, without=bank_holidays(first, last)) if first <= last else 0

    def last_day_of_work(self, monday: date) -> date:
        """The last day of the week on which work is agreed; its Sunday if none is."""
        days = [monday + timedelta(days=n) for n in range(7)]
        return max(filter(self.agreed_on, days), default=days[-1])

    def mondays(self) -> list[date]:
        """The Mondays of all weeks that the placement touches."""
        first = self.first_on - timedelta(days=self.first_on.weekday())
        return [first + timedelta(weeks=n) for n in range((self.last_on - first).days // 7 + 1)]

    def is_late(self) -> bool:
        """Whether the first day has come and the placement has not started."""
        return self.status == self.Status.PLANNED and self.first_on <= timezone.localdate()

    def sentence(self) -> str:
        """The status as people say it."""
        if self.status == self.Status.PLANNED and self.first_on == timezone.localdate():
            return "Starts today"
        if self.is_late():
            return f"Should have started on {self.first_on:%-d %B %Y}"
        if self.status == self.Status.PLANNED:
            return f"Starts on {self.first_on:%-d %B %Y}"
        if self.status == self.Status.ACTIVE:
            if self.is_taster and self.first_on == self.last_on == timezone.localdate():
                return "Work taster today"
            return f"On {'a work taster' if self.is_taster else 'placement'} until {self.last_on:%-d %B %Y}"
        return f"Ended on {self.last_on:%-d %B %Y}"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        return "attention" if self.is_late() else "good" if self.status == self.Status.ACTIVE else "calm"

    # --- what is missing, and the moves ---

    def missing_before_start(self) -> list[str]:
        """What keeps the placement from becoming active, as sentences that say who can settle it: all is read anew."""
        fresh = Placement.objects.with_people().prefetch_related("pattern_days").get(pk=self.pk)
        return missing_in(tasks_of([fresh])[self.pk])

    @verb(
        source=Status.PLANNED,
        target=Status.ACTIVE,
        who={"tutor", "coordinator", "clock"},
    )
    def start(self, *, by):
        """Make the placement active. Raises Refused with what is missing."""
        if missing := self.missing_before_start():
            raise Refused(*missing)
        return f"started the {self.called}"

    @verb(source=Status.ACTIVE, target=Status.ENDED, who={"tutor", "coordinator", "clock"})
    def end(self, *, by, reason: str):
        """End the placement; its hours stay and count on. A day in the future moves to today as the last day."""
        self.ended_because = reason
        today = timezone.localdate()
        if self.first_on <= today < self.last_on:
            self.last_on = today
        return f"ended the {self.called}. Reason: {reason}"

    @verb(source=Status.ENDED, target=Status.ACTIVE, who={"tutor", "coordinator"})
    def resume(self, *, by, last_on: date):
        """Take the placement up again until `last_on`. Raises Refused if that day is past."""
        if last_on < timezone.localdate():
            raise Refused("The new last day lies in the past.")
        self.last_on = last_on
        self.ended_because = ""
        return f"took the {self.called} up again until {last_on:%-d %B %Y}"


class PatternDay(models.Model):
    """One weekday of a working pattern, valid from a day on until the placement's next pattern begins."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="pattern_days", editable=False)
    valid_from = models.DateField("valid from")
    weekday = models.PositiveSmallIntegerField("weekday")  # Monday is 0
    starts = models.TimeField("start")
    finishes = models.TimeField("finish")
    break_minutes = models.PositiveSmallIntegerField("unpaid break in minutes", default=0)

    class Meta:
        ordering = ["valid_from", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "valid_from", "weekday"], name="pattern_day_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="pattern_day_weekday"),
            models.CheckConstraint(condition=stored_in_turn(), name="pattern_day_finishes_after_start"),
        ]

    def __str__(self):
        return f"{self.starts:%H:%M} to {self.finishes:%H:%M}"

    @property
    def minutes(self) -> int:
        """Minutes of work, without the break."""
        return minutes_between(self.starts, self.finishes) - self.break_minutes
