"""What a student needs at work, in their own words and on their own terms: who reads it is theirs to say."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.history.models import record
from portal.people.models import Provider, Role, User
from portal.words import long_date
from portal.workflow import SomebodyWasQuicker, StatusField, Workflow, verb
from students.models import Student

FACTS = ("kind", "kind_words", "words", "helps", "plan")


class SupportKind(models.Model):
    """What a need may be about: data, kept by the operator. A need keeps the title under which it was written."""

    code = models.SlugField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(default=50)
    title = models.CharField(max_length=80)
    hint = models.CharField(max_length=160, blank=True)
    retired_at = models.DateTimeField("not offered any more since", null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "kind of support"
        verbose_name_plural = "kinds of support"

    def __str__(self):
        return self.title


class NeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own; a tutor's students' once shared; the placement office's where it was let in. Nobody else.

        Line managers never reach a row: what they may read is a sentence of its own (placements.setup).
        """
        shared = Q(status=Need.Status.SHARED)
        wanted = Q(pk__in=[])
        if own := user.providers_as(Role.STUDENT):
            wanted |= Q(student__user=user, provider__in=own)
        if tutored := user.providers_as(Role.TUTOR):
            wanted |= shared & Q(student__tutor=user, provider__in=tutored)
        if coordinated := user.providers_as(Role.COORDINATOR):
            wanted |= shared & Q(with_office=True, provider__in=coordinated)
        return self.filter(wanted)

    def shared(self):
        return self.filter(status=Need.Status.SHARED)

    def at_desk(self, desk):
        """What a tutor or coordinator reads at the desk in use; students see theirs by `visible_to`."""
        rows = self.shared().filter(provider=desk.provider_id)
        if desk.role == Role.TUTOR:
            return rows.filter(student__tutor=desk.user_id)
        may_read = Q(with_office=True) | Q(student__tutor=desk.user_id)  # some are both
        return rows.filter(may_read) if desk.role == Role.COORDINATOR else rows.none()


class Need(Workflow):
    """One thing that a student wants known (the guidance, section 2: sensitive, and the student's to tell).

    A draft is the student's alone. Sharing it lets the tutor read it, and the placement office where the student says
    so (`with_office`); taking back and ending make it the student's alone again. `told_at` is when its readers were
    last told something new, so that staff know what they have not read.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Only you"
        SHARED = "shared", "Shared"
        ENDED = "ended", "No longer needed"

    class Plan(models.TextChoices):
        UNSAID = "unsaid", "I would rather not say"
        YES = "yes", "Yes"
        NO = "no", "No"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="needs", editable=False)
    kind = models.ForeignKey(SupportKind, on_delete=models.PROTECT, related_name="+")
    kind_words = models.CharField(max_length=80, editable=False)
    words = models.TextField("in my own words", max_length=2000, blank=True)
    helps = models.TextField("what helps", max_length=2000, blank=True)
    plan = models.CharField("is it in an EHC plan", max_length=6, choices=Plan, default=Plan.UNSAID)
    status = StatusField(max_length=6, choices=Status, default=Status.DRAFT, editable=False)
    with_office = models.BooleanField(default=False, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="shared", shared_at__isnull=False, told_at__isnull=False)
                | (~Q(status="shared") & Q(shared_at=None, told_at=None, with_office=False)),
                name="need_shared_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(status="ended", ended_at__isnull=False) | (~Q(status="ended") & Q(ended_at=None)),
                name="need_ended_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(words="", helps=""), name="need_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["provider", "with_office", "-told_at"], condition=Q(status="shared"), name="need_shared"
            ),
            models.Index(fields=["student", "-written_at"], name="need_of_a_student"),
        ]

    def __str__(self):
        return "Support on my terms"

    def save(self, *args, **kwargs):
        self.provider_id = self.student.provider_id
        super().save(*args, **kwargs)

    def relations(self, user) -> set[str]:
        """{'student'} for the student. Nobody else has any say in it."""
        return {"student"} if self.student.user_id == user.pk else set()

    @property
    def is_shared(self) -> bool:
        return self.status == self.Status.SHARED

    @property
    def tutor(self) -> User | None:
        """The student's tutor, if they can still sign in."""
        found = self.student.tutor
        return found if found and found.is_active else None

    def readers(self) -> str:
        """Who can read it now, for the student: 'you and Tom Reid (your tutor)'."""
        if not self.is_shared:
            return "only you"
        tutor = f"{self.tutor} (your tutor)" if self.tutor else "your tutor (as soon as you have one)"
        return f"you, {tutor} and the placement office" if self.with_office else f"you and {tutor}"

    def sentence(self) -> str:
        """How it stands, for the student."""
        if self.status == self.Status.ENDED:
            return f"No longer needed since {long_date(self.ended_at)}. Only you can read it"
        if self.status == self.Status.DRAFT:
            return "Only you can read it"
        return f"Shared since {long_date(self.shared_at)}: {self.readers()} can read it"

    @property
    def tone(self) -> str:
        return {"draft": "calm", "shared": "good", "ended": "calm"}[self.status]

    # --- the moves ---

    @verb(source=[Status.DRAFT, Status.SHARED], target=Status.SHARED, who={"student"})
    def share(self, *, by, with_office: bool = False):
        """Let the tutor read it, and the placement office or not. Said again, it changes only who reads along."""
        now = timezone.now()
        was_shared, was_with_office = self.shared_at is not None, self.with_office
        self.shared_at, self.with_office = self.shared_at or now, with_office
        if not was_shared or (with_office and not was_with_office):
            self.told_at = now
        if was_shared and was_with_office and not with_office:
            return "took it back from the placement office; the tutor reads it further"
        return f"shared it with the tutor{' and the placement office' if with_office else ''}"

    @verb(source=Status.SHARED, target=Status.DRAFT, who={"student"}, says="took it back: nobody else can read it")
    def take_back(self, *, by):
        """Keep it to oneself again."""
        self.unshare()

    @verb(source=[Status.DRAFT, Status.SHARED], target=Status.ENDED, who={"student"}, says="needs it no longer")
    def end(self, *, by):
        """It is no longer needed, and nobody else can read it any more."""
        self.unshare()
        self.ended_at = timezone.now()

    @verb(source=Status.ENDED, target=Status.DRAFT, who={"student"}, says="needs it again")
    def reopen(self, *, by):
        """It is needed again; it stays the student's alone until they share it anew."""
        self.ended_at = None

    def unshare(self):
        self.with_office, self.shared_at, self.told_at = False, None, None

    def rewrite(self, *, by, seen: int) -> bool:
        """Keep the facts as they stand on this object now, if nobody wrote since version `seen`; whether any changed.

        Raises SomebodyWasQuicker. Readers of a shared one are told by a new `told_at`.
        """
        before = Need.objects.get(pk=self.pk)
        if before.version != seen or before.status == self.Status.ENDED:
            raise SomebodyWasQuicker(self)
        if all(getattr(before, f"{name}_id" if name == "kind" else name) == value for name, value in self.facts()):
            return False
        fields = dict(self.facts()) | {"version": F("version") + 1}
        if before.is_shared:
            fields["told_at"] = timezone.now()
        if not Need.objects.filter(pk=self.pk, version=seen, status=before.status).update(**fields):
            raise SomebodyWasQuicker(self)
        self.refresh_from_db(fields=["version", "told_at", "status"])
        record(self, "changed what it says", by=by)
        return True

    def facts(self) -> list[tuple]:
        """What the student wrote, by the names of the columns to compare and to write."""
        return [(name, self.kind_id if name == "kind" else getattr(self, name)) for name in FACTS]
