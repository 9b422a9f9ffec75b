"""The student."""

from django.db import models

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


class LeftBecause(models.TextChoices):
    """Why a student left the T Level."""

    COURSE = "course", "Goes on with another course"
    COLLEGE = "college", "Goes on at another college or school"
    WORK = "work", "Began a job or an apprenticeship"
    MOVED = "moved", "Moved away"
    PERSONAL = "personal", "Personal reasons"
    OTHER = "other", "Something else"


class Student(models.Model):
    """A person on a T Level at a provider. Their name and e-mail address stand on their User.

    `left_on` is the last day of whoever left the T Level: the placement will not be completed. It is written, with
    what belongs to it, by students.departure only.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="students", editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="student_records", editable=False)
    uln = models.CharField(
        "unique learner number (ULN)", max_length=10, default=TEMPORARY_ULN, validators=[validate_uln]
    )
    born_on = models.DateField("date of birth")
    tlevel = models.ForeignKey(TLevel, on_delete=models.PROTECT, related_name="students", verbose_name="T Level")
    specialism = models.ForeignKey(
        Specialism, on_delete=models.PROTECT, null=True, blank=True, related_name="students", verbose_name="specialism",
        db_index=False,
    )  # fmt: skip
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
    left_on = models.DateField("left the T Level on", null=True, editable=False)
    left_because = models.CharField("reason", max_length=8, choices=LeftBecause, blank=True, editable=False)
    left_note = models.CharField("note", max_length=500, blank=True, editable=False)
    left_at = models.DateTimeField("recorded", null=True, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "user"], name="student_once_per_provider"),
            models.UniqueConstraint(
                fields=["provider", "uln"], condition=~models.Q(uln=TEMPORARY_ULN), name="uln_once_per_provider"
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None, left_at=None, left_because="", left_note="")
                | models.Q(left_on__isnull=False, left_at__isnull=False, signed_off_at=None)
                & ~models.Q(left_because=""),
                name="student_left_has_stamp",
            ),
        ]
        indexes = [
            models.Index(fields=["tutor", "provider"], name="student_by_tutor"),
            models.Index(
                fields=["provider", "-left_at"], condition=models.Q(left_on__isnull=False), name="student_left"
            ),
            models.Index(fields=["provider", "-signed_off_at"], name="student_by_signoff"),
            models.Index(
                fields=["provider", "entry_year"],
                condition=models.Q(left_on=None, signed_off_at=None),
                name="student_by_year",
            ),
            # Most T Levels know no specialism: whoever has none is not looked for among all that have none.
            models.Index(
                fields=["specialism"], condition=models.Q(specialism__isnull=False), name="student_by_specialism"
            ),
            models.Index(
                fields=["tlevel"],
                condition=models.Q(specialism=None, left_on=None, signed_off_at=None),
                name="student_no_specialism",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def frozen_says(self) -> str:
        """Why nothing of this record changes any more, as a sentence; '' while it may. As read: no query."""
        return frozen_says(self.signed_off_at, self.left_on)

    @property
    def name(self) -> str:
        return self.user.name

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

    def is_looked_after_by(self, user) -> bool:
        """Whether what a tutor does is `user`'s to do: the tutor's, the placement office's where none can sign in."""
        relations = self.relations(user)
        return "tutor" in relations or (
            "coordinator" in relations and (self.tutor_id is None or not self.tutor.is_active)
        )

    def age_on(self, day) -> int:
        """Age in whole years on `day`; somebody born on 29 February has their birthday on 1 March."""
        return age_of(self.born_on, day)


def age_of(born_on, day) -> int:
    """The same of whoever was born on that day."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def frozen_says(signed_off_at, left_on) -> str:
    """Why nothing changes in a record that was signed off, or whose student left the T Level; '' while it may."""
    if left_on:
        return left_says(left_on)
    return signed_off_says(signed_off_at) if signed_off_at else ""


def left_says(day) -> str:
    """Why nothing changes any more in the record of whoever left the T Level on `day`, for staff and the student."""
    return (
        f"The T Level was left on {long_date(day)}, so nothing of this record changes any more. "
        "The tutor and the placement office can take that back if it is not right."
    )


def signed_off_says(moment) -> str:
    """Why nothing changes any more in a record that was signed off at `moment`."""
    day = long_date(moment)
    return f"This record was signed off on {day}. The placement office can open it again if something is not right."
