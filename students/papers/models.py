"""CV and cover letters: papers of a student, each with its versions and what the tutor said of them."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Case, F, ProtectedError, Q, When
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from portal.files.models import StoredFile
from portal.people.models import STAFF, Role, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from students.models import Student

KEPT_AFTER_WITHDRAWAL = timedelta(days=7)
PDF_TYPE = "application/pdf"
UNOPENED = "We could not open it. Look whether it opens on your phone, and upload it once more if it does not."


class Kind(models.TextChoices):
    CV = "cv", "CV"
    LETTER = "letter", "Cover letter"


GOOD_LENGTH = {Kind.CV: 2, Kind.LETTER: 1}  # pages; of a CV by the guidance


class Paper(models.Model):
    """A CV (one for each student) or a cover letter (as many as there are employers to write to).

    `chosen` is the version that the student said to use, or that stays in use because a newer one cannot be opened;
    without one, or once it is withdrawn, the newest is.
    `made` counts the versions ever made, so that no number is given twice.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="papers", editable=False)
    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    title = models.CharField("what it is for", max_length=100, blank=True)
    chosen = models.ForeignKey("Version", on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    made = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["kind", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["student"], condition=Q(kind="cv"), name="paper_one_cv_for_each_student"),
        ]

    def __str__(self):
        return self.get_kind_display() + (f": {self.title}" if self.title else "")

    def get_absolute_url(self):
        return reverse("paper_detail", args=[self.pk])

    @property
    def good_length(self) -> int:
        return GOOD_LENGTH[self.kind]


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own; for the tutor and the placement office those that they were asked about."""
        students = "paper__student"
        wanted = Q(pk__in=[])
        if own := user.providers_as(Role.STUDENT):
            wanted |= Q(**{f"{students}__user": user, f"{students}__provider__in": own})
        if tutored := user.providers_as(Role.TUTOR):
            wanted |= self.SHOWN & Q(**{f"{students}__tutor": user, f"{students}__provider__in": tutored})
        if coordinated := user.providers_as(Role.COORDINATOR):
            wanted |= self.SHOWN & Q(**{f"{students}__provider__in": coordinated})
        return self.filter(wanted)

    SHOWN = ~Q(status="kept") & Q(withdrawn_at=None)

    def shown(self):
        """Those that staff see."""
        return self.filter(self.SHOWN)

    def with_people(self):
        """Everything that a row shows, in the same query (the file without its content)."""
        return self.select_related(
            "paper__student__user", "paper__student__tutor", "paper__student__provider", "file", "feedback_by"
        ).defer("file__content")

    def present_first(self):
        """Those that are not withdrawn: the chosen one, then the newest."""
        is_chosen = Case(When(pk=F("paper__chosen"), then=0), default=1)
        return self.filter(withdrawn_at=None).order_by(is_chosen, "-number")


class Version(Workflow):
    """One upload. Only the student sees it until feedback is asked for; a withdrawn one is theirs alone again."""

    class Status(models.TextChoices):
        KEPT = "kept", "Kept"
        ASKED = "asked", "Feedback asked for"
        GIVEN = "given", "Feedback given"
        GOOD = "good", "Good to send"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)
    note = models.TextField("your note", max_length=1000, blank=True)
    status = StatusField(max_length=5, choices=Status, default=Status.KEPT, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    feedback = models.TextField("feedback", max_length=3000, blank=True)
    feedback_at = models.DateTimeField(null=True, editable=False)
    feedback_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    was_there = False  # True where an upload brought the very file of this version again

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_number_once"),
            models.CheckConstraint(
                condition=Q(status="kept") | Q(asked_at__isnull=False), name="paper_version_asked_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["given", "good"]) | Q(feedback_at__isnull=False),
                name="paper_version_feedback_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | ~Q(feedback=""), name="paper_version_feedback_has_words"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(status="asked", withdrawn_at=None), name="paper_version_waiting"
            )
        ]

    def __str__(self):
        return f"{self.paper}, version {self.number}"

    def relations(self, user) -> set[str]:
        return self.paper.student.relations(user)

    def sentence(self) -> str:
        """How it stands, for the student and for staff."""
        if self.withdrawn_at:
            return f"Withdrawn on {long_date(self.withdrawn_at)}"
        match self.status:
            case self.Status.ASKED:
                return f"Feedback asked for on {long_date(self.asked_at)}, not given yet"
            case self.Status.GIVEN:
                return f"Feedback from {self.adviser} on {long_date(self.feedback_at)}"
            case self.Status.GOOD:
                return f"Good to send, said {self.adviser} on {long_date(self.feedback_at)}"
        return "Only you see it"

    @property
    def adviser(self) -> str:
        return self.feedback_by.name if self.feedback_by else "somebody who has left"

    @property
    def tone(self) -> str:
        if self.withdrawn_at:
            return "calm"
        return {"kept": "calm", "asked": "waiting", "given": "attention", "good": "good"}[self.status]

    def length(self) -> str:
        """'2 pages'; '' where nobody can tell."""
        return f"{self.pages} page{'' if self.pages == 1 else 's'}" if self.pages else ""

    @property
    def is_unopened(self) -> bool:
        """Whether it is a PDF that nobody could open here: it may be cut off or broken."""
        return self.pages is None and self.file.content_type == PDF_TYPE

    def advice(self) -> str:
        """A friendly word where it does not open or is too long, else ''."""
        return UNOPENED if self.is_unopened else self.too_long()

    def too_long(self) -> str:
        """A friendly word where it is longer than employers read, else ''. The guidance: a CV has at most 2 pages."""
        if not self.pages or self.pages <= self.paper.good_length:
            return ""
        if self.paper.kind == Kind.CV:
            return (
                f"It has {self.pages} pages. Two are plenty: keep what fits this kind of work, and leave out the rest."
            )
        return f"It has {self.pages} pages. A cover letter is read when it fits on one."

    def must_be_there(self):
        """Raises Refused for a withdrawn one."""
        if self.withdrawn_at:
            raise Refused("This version was withdrawn.")

    @verb(source=Status.KEPT, target=Status.ASKED, who={"student"})
    def ask(self, *, by):
        """Show it to the tutor and ask for feedback. Raises Refused for a withdrawn one."""
        self.must_be_there()
        self.asked_at = timezone.now()
        return f"asked for feedback on version {self.number}"

    @verb(source=Status.ASKED, target=Status.KEPT, who={"student"})
    def take_back(self, *, by):
        """Keep it to oneself again, while nobody has answered."""
        self.asked_at = None
        return f"took back version {self.number}, no feedback wanted for now"

    @verb(source=[Status.ASKED, Status.GIVEN, Status.GOOD], target=Status.GIVEN, who=STAFF)
    def give_feedback(self, *, by, words: str):
        """Say what would make it better. Raises Refused without words."""
        if not words.strip():
            raise Refused("Say in a few words what would make it better.")
        return self.said(words, by, "gave feedback on")

    @verb(source=[Status.ASKED, Status.GIVEN, Status.GOOD], target=Status.GOOD, who=STAFF)
    def approve(self, *, by, words: str = ""):
        """Say that it is good to send, with or without words."""
        return self.said(words, by, "found good to send:")

    @verb(source=[Status.GIVEN, Status.GOOD], target=Status.ASKED, who=STAFF)
    def take_feedback_back(self, *, by):
        """Take away what was said; the question is open again."""
        self.feedback, self.feedback_at, self.feedback_by = "", None, None
        return f"took back the feedback on version {self.number}"

    def said(self, words: str, by, what: str) -> str:
        self.must_be_there()
        self.feedback, self.feedback_at, self.feedback_by = words.strip(), timezone.now(), by
        return f"{what} version {self.number}"


@receiver(models.signals.post_delete, sender=Version)
def drop_the_file(sender, instance, **kwargs):
    """A version that is deleted takes its file along, unless an application was sent with it."""
    try:
        with transaction.atomic():
            StoredFile.objects.filter(pk=instance.file_id).delete()
    except ProtectedError:
        pass
