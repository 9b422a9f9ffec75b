"""One review form: asked of the line manager, saved as they go, handed in once it is whole."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import Role, User
from portal.words import long_date
from portal.workflow import Refused, SomebodyWasQuicker, StatusField, Workflow, verb
from reviews.forms.models.lines import screens_of
from reviews.forms.models.questions import Occasion
from students.frozen import frozen_sentence, refuse_if_frozen

CORRECT_MINUTES = 10


class ReviewFormQuerySet(VisibleThroughPlacement):
    def visible_to(self, user):
        """As its placement is; a student reads what is handed in, and nothing before."""
        unread = models.Q(placement__student__user=user) & ~models.Q(status=ReviewForm.Status.HANDED_IN)
        return super().visible_to(user).exclude(unread)

    def with_people(self):
        """Everything that a page says about the placement, in the same query."""
        return self.select_related(
            "placement__student__user", "placement__student__tutor", "placement__employer", "placement__manager",
            "placement__provider", "placement__student__tlevel",
        )  # fmt: skip

    def handed_in(self):
        return self.filter(status=ReviewForm.Status.HANDED_IN)


class ReviewForm(Workflow):
    """What an employer says about a student on one occasion; one per placement and occasion.

    Answers are rows of their own (answers.py); what is asked stands together with them in lines.py. While it is open
    nobody but the line manager reads them.
    """

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        HANDED_IN = "handed_in", "Handed in"
        TAKEN_BACK = "taken_back", "Taken back"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="review_forms", editable=False)
    occasion = models.CharField("occasion", max_length=6, choices=Occasion, editable=False)
    status = StatusField("status", max_length=10, choices=Status, default=Status.ASKED, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)
    handed_in_name = models.CharField(max_length=210, blank=True, editable=False)
    signed_on = models.DateField("signed on", null=True, editable=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    asked_because = ""  # why it was opened again: for the mail that goes out with it

    objects = ReviewFormQuerySet.as_manager()

    class Meta:
        ordering = ["placement", "-occasion"]  # midway before final
        constraints = [
            models.UniqueConstraint(fields=["placement", "occasion"], name="review_form_once"),
            models.CheckConstraint(
                condition=models.Q(status="handed_in", handed_in_at__isnull=False) & ~models.Q(handed_in_name="")
                | ~models.Q(status="handed_in") & models.Q(handed_in_at=None, handed_in_name=""),
                name="review_form_handed_in_has_stamp",
            ),
        ]
        indexes = [models.Index(fields=["status", "asked_at"], name="review_form_waiting")]

    def __str__(self):
        return f"{self.title} of {self.placement}"

    def get_absolute_url(self):
        return reverse("review_form_detail", args=[self.pk])

    @property
    def title(self) -> str:
        return f"{self.get_occasion_display()} review form"

    def relations(self, user) -> set[str]:
        return self.placement.relations(user)

    def frozen(self) -> str:
        return frozen_sentence(self.placement.student_id)

    def frozen_as_read(self) -> str:
        return self.placement.frozen_as_read()

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ASKED

    @property
    def is_handed_in(self) -> bool:
        return self.status == self.Status.HANDED_IN

    def is_read_by(self, user) -> bool:
        """Whether `user` may read the answers now: the manager always, everybody else once it is handed in."""
        return self.is_handed_in or (
            self.placement.manager_id == user.pk and self.placement.provider_id in user.providers_as(Role.MANAGER)
        )

    def can_be_corrected(self, now=None) -> bool:
        """Whether the manager may still take it back: a few minutes, and not where it was signed on paper."""
        since = (now or timezone.now()) - timedelta(minutes=CORRECT_MINUTES)
        return self.is_handed_in and self.recorded_by_id is None and self.handed_in_at > since

    def sentence(self) -> str:
        """The status as people say it."""
        if self.is_open:
            who = self.placement.manager or "a line manager, who is not named yet"
            return f"Asked on {long_date(self.asked_at)}, waits for {who}"
        if not self.is_handed_in:
            return "Taken back, nobody is asked for it now"
        if self.recorded_by_id:
            return f"Signed on paper by {self.handed_in_name} on {self.signed_on:%-d %B %Y}"
        return f"Handed in by {self.handed_in_name} on {long_date(self.handed_in_at)}"

    @property
    def tone(self) -> str:
        return {self.Status.HANDED_IN: "good", self.Status.ASKED: "waiting"}.get(self.status, "calm")

    # --- the moves ---

    @verb(source=Status.ASKED, target=Status.HANDED_IN, who={"manager"})
    def hand_in(self, *, by):
        """Hand the whole form in. Raises Refused with the screens that are not finished."""
        self.refuse_unfinished()
        self.handed_in_at, self.handed_in_name = timezone.now(), by.name
        return f"handed in the {self.title.lower()}"

    @verb(source=Status.HANDED_IN, target=Status.ASKED, who={"manager"}, says="took the form back to correct it")
    def correct(self, *, by):
        """Take it back for a correction. Raises Refused after CORRECT_MINUTES."""
        if not self.can_be_corrected():
            raise Refused(f"That was more than {CORRECT_MINUTES} minutes ago. Ask the college to open the form again.")
        self.clear_stamps()

    @verb(source=Status.ASKED, target=Status.TAKEN_BACK, who={"tutor", "coordinator"}, says="took the form back")
    def take_back(self, *, by):
        """Ask no more. What the manager has answered so far is kept for when it is asked for again."""

    @verb(source=Status.TAKEN_BACK, target=Status.ASKED, who={"tutor", "coordinator"})
    def ask_again(self, *, by):
        """Ask after all."""
        self.asked_at = timezone.now()
        return f"asked for the {self.title.lower()}"

    @verb(source=Status.HANDED_IN, target=Status.ASKED, who={"tutor", "coordinator"})
    def reopen(self, *, by, reason: str):
        """Open a form again that was handed in, with a reason; the answers stay."""
        if not reason.strip():
            raise Refused("Say in a few words why the form is opened again.")
        self.clear_stamps()
        self.asked_at, self.asked_because = timezone.now(), reason.strip()
        return f"opened the form again. Reason: {reason.strip()}"

    @verb(source=[Status.ASKED, Status.TAKEN_BACK], target=Status.HANDED_IN, who={"tutor", "coordinator"})
    def record_paper(self, *, by, signed_by: str, signed_on: date):
        """Record that the employer signed the whole form on paper. Raises Refused as handing it in does."""
        self.refuse_unfinished()
        if why_not := self.why_not_signed_on(signed_on):
            raise Refused(why_not)
        self.handed_in_at, self.handed_in_name = timezone.now(), signed_by
        self.recorded_by, self.signed_on = by, signed_on
        return f"recorded the {self.title.lower()} from paper, signed by {signed_by} on {signed_on:%-d %B %Y}"

    def refuse_unfinished(self):
        """Raises Refused with the screens that are not finished."""
        if left := [screen.title for screen in screens_of(self) if screen.left]:
            raise Refused(*(f"“{title}” is not finished yet." for title in left))

    def why_not_signed_on(self, day: date) -> str:
        """Why a paper cannot have been signed on that day, as a sentence; else ''."""
        if self.placement.first_on <= day <= timezone.localdate():
            return ""
        return f"The paper was signed between {self.placement.first_on:%-d %B %Y}, the first day, and today."

    def clear_stamps(self):
        self.handed_in_at = self.signed_on = self.recorded_by = None
        self.handed_in_name = ""

    def take_turn(self):
        """Take the right to change answers, first in the transaction. Raises SomebodyWasQuicker once handed in.

        Raises Refused once the student is signed off.
        """
        refuse_if_frozen(self.placement.student_id)
        rows = ReviewForm.objects.filter(pk=self.pk).exclude(status=self.Status.HANDED_IN)
        if not rows.update(version=models.F("version") + 1):
            raise SomebodyWasQuicker(self)
        self.refresh_from_db(fields=["version", "status"])
