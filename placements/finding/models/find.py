"""An employer that a student found themselves, for the placement office to check."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from employers.models import Employer
from placements.models import Placement
from portal.form_fields import PHONE
from portal.people.models import User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from students.models import Student, seen_with_the_student


class FindQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own, the tutor's caseload, the coordinator's provider."""
        return self.filter(seen_with_the_student(user, "student__"))

    def with_people(self):
        return self.select_related(
            "student__user", "student__tutor", "student__tlevel", "student__provider", "employer", "decided_by"
        )


class Find(Workflow):
    """What the student tells of an employer that would take them. Accepting it makes the planned placement."""

    class Status(models.TextChoices):
        ASKED = "asked", "To be checked"
        ACCEPTED = "accepted", "Accepted"
        TURNED_DOWN = "turned_down", "Turned down"
        WITHDRAWN = "withdrawn", "Taken back"

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="finds", editable=False)
    name = models.CharField("name of the employer", max_length=200)
    address = models.CharField("address", max_length=300, blank=True)
    town = models.CharField("town", max_length=100)
    postcode = models.CharField("postcode", max_length=10, blank=True)
    contact_first_name = models.CharField("contact's first name", max_length=100)
    contact_last_name = models.CharField("contact's last name", max_length=100)
    contact_email = models.EmailField("contact's e-mail address")
    contact_phone = models.CharField("contact's phone number", max_length=40, blank=True, validators=[PHONE])
    role = models.CharField("what you would do there", max_length=150)
    words = models.TextField("how you know them, and what was said", max_length=2000, blank=True)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    status = StatusField("status", max_length=11, choices=Status, default=Status.ASKED, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    reason = models.CharField("reason", max_length=500, blank=True, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    placement = models.OneToOneField(
        Placement, on_delete=models.SET_NULL, null=True, related_name="find", editable=False
    )

    objects = FindQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="find_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["asked", "withdrawn"])
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="find_decided_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="turned_down") | ~models.Q(reason=""), name="find_turned_down_has_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="accepted") | models.Q(employer__isnull=False),
                name="find_accepted_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["status", "made_at"], name="find_by_status")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("find_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    def sentence(self) -> str:
        """The status as people say it."""
        match self.status:
            case self.Status.ASKED:
                return f"Sent on {long_date(self.made_at)}, not checked yet"
            case self.Status.ACCEPTED:
                return f"Accepted by {self.decided_by} on {long_date(self.decided_at)}"
            case self.Status.TURNED_DOWN:
                return f"Turned down by {self.decided_by}: {self.reason}"
        return "Taken back"

    @property
    def tone(self) -> str:
        return {"asked": "waiting", "accepted": "good", "turned_down": "attention"}.get(self.status, "calm")

    @verb(source=Status.ASKED, target=Status.WITHDRAWN, who={"student", "clock"}, says="took it back")
    def withdraw(self, *, by):
        """Take it back while nobody has decided."""

    @verb(source=[Status.WITHDRAWN, Status.TURNED_DOWN], target=Status.ASKED, who={"student"}, says="sent it again")
    def send_again(self, *, by):
        """Ask once more, with what was changed meanwhile."""
        self.made_at = timezone.now()
        self.decided_at = self.decided_by = None
        self.reason = ""

    @verb(source=Status.ASKED, target=Status.ACCEPTED, who={"coordinator"})
    def accept(self, *, by, employer: Employer, placement: Placement):
        """The office takes the employer on; the placement is planned (see finding.taking_on.accept_find)."""
        self.employer, self.placement = employer, placement
        self.decided_at, self.decided_by = timezone.now(), by
        return f"accepted it, and planned the placement at {employer}"

    @verb(source=Status.ASKED, target=Status.TURNED_DOWN, who={"coordinator"})
    def turn_down(self, *, by, reason: str):
        """Say no, with a reason that the student reads."""
        if not reason.strip():
            raise Refused("Say why in a few words: the student reads them.")
        self.reason, self.decided_at, self.decided_by = reason.strip(), timezone.now(), by
        return f"turned it down. Reason: {self.reason}"
