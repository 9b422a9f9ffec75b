"""The student."""

from django.db import models
from django.utils.functional import cached_property

from portal.identifiers import TEMPORARY_ULN, validate_uln
from portal.people.models import Provider, Role, User
from portal.words import long_date
from students.tlevels.models import Specialism, TLevel


def seen_with_the_student(user, way: str = "") -> models.Q:
    """The student's own, a tutor's caseload, a coordinator's provider. `way`: from the row to its student."""
    wanted = models.Q(pk__in=[])
    if own := user.providers_as(Role.STUDENT):
        wanted |= models.Q(**{f"{way}user": user, f"{way}provider__in": own})
    if tutored := user.providers_as(Role.TUTOR):
        wanted |= models.Q(**{f"{way}tutor": user, f"{way}provider__in": tutored})
    if coordinated := user.providers_as(Role.COORDINATOR):
        wanted |= models.Q(**{f"{way}provider__in": coordinated})
    return wanted


class StudentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A student sees themselves, a tutor their caseload, a coordinator everybody at the provider."""
        return self.filter(seen_with_the_student(user))


class Student(models.Model):
    """A person on a T Level at a provider. Their name and e-mail address stand on their User."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="students", editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="student_records", editable=False)
    uln = models.CharField(
        "unique learner number (ULN)", max_length=10, default=TEMPORARY_ULN, validators=[validate_uln]
    )
    born_on = models.DateField("date of birth")
    tlevel = models.ForeignKey(TLevel, on_delete=models.PROTECT, related_name="students", verbose_name="T Level")
    specialism = models.ForeignKey(
        Specialism, on_delete=models.PROTECT, null=True, blank=True, related_name="students", verbose_name="specialism"
    )
    entry_year = models.CharField("year of entry", max_length=7, help_text="The academic year, for example 2025/26.")
    tutor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="caseload", verbose_name="tutor"
    )
    has_send = models.BooleanField(
        "has a special educational need or disability that the provider records",
        default=False,
        help_text="Only staff see this. It allows hours in on-site facilities where the rules do.",
    )
    signed_off_at = models.DateTimeField("signed off", null=True, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "user"], name="student_once_per_provider"),
            models.UniqueConstraint(
                fields=["provider", "uln"], condition=~models.Q(uln=TEMPORARY_ULN), name="uln_once_per_provider"
            ),
        ]
        indexes = [
            models.Index(fields=["tutor", "provider"], name="student_by_tutor"),
            models.Index(fields=["provider", "-signed_off_at"], name="student_by_signoff"),
        ]

    def __str__(self):
        return self.name

    @property
    def frozen_says(self) -> str:
        """Why nothing of this record changes any more, as a sentence; '' while it may. As read: no query."""
        return signed_off_says(self.signed_off_at) if self.signed_off_at else ""

    @property
    def name(self) -> str:
        return self.user.name

    @cached_property
    def required_minutes(self) -> int:
        """Hours that the T Level asks for, in minutes (315 or 750 hours; the specialism's figure where it has one)."""
        return 60 * (self.specialism.required_hours if self.specialism else self.tlevel.required_hours)

    def relations(self, user) -> set[str]:
        """How `user` stands to the student, at the student's college: any of student, tutor, coordinator."""
        found = set()
        if self.user_id == user.pk and self.provider_id in user.providers_as(Role.STUDENT):
            found.add("student")
        if self.tutor_id == user.pk and self.provider_id in user.providers_as(Role.TUTOR):
            found.add("tutor")
        if self.provider_id in user.providers_as(Role.COORDINATOR):
            found.add("coordinator")
        return found

    def age_on(self, day) -> int:
        """Age in whole years on `day`; somebody born on 29 February has their birthday on 1 March."""
        return age_of(self.born_on, day)


def age_of(born_on, day) -> int:
    """The same of whoever was born on that day."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def signed_off_says(moment) -> str:
    """Why nothing changes any more in a record that was signed off at `moment`."""
    day = long_date(moment)
    return f"This record was signed off on {day}. Ask the placement office to open it again if something is not right."
