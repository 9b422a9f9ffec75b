"""An application: one student, one opportunity, and the way from the first word to an outcome."""

from datetime import date, datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.accepting import hold_a_place, take_place
from placements.finding.models.described import Described
from placements.finding.models.status import OPEN, UNDECIDED, ApplicationQuerySet, InterviewWay, Status
from placements.models import Placement
from portal.files.models import StoredFile
from portal.people.models import User
from portal.workflow import Refused, StatusField, verb
from students.models import Student

MANAGER_AND_STAFF = {"manager", "tutor", "coordinator"}


class Application(Described):
    """One student's application for one opportunity.

    `search` counts the student's searches (for the first placement, for a second one): in each at most one place can
    be accepted, which the database holds. `applied_at` is empty while a student who was put forward has not agreed; the
    employer knows nothing of it until then. `placement` is what an accepted place became.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="applications", editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="applications", editable=False)
    search = models.PositiveSmallIntegerField(default=1, editable=False)
    status = StatusField("status", max_length=14, choices=Status, default=Status.APPLIED, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField("covering note", max_length=3000, blank=True)
    cv = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    put_forward_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    put_forward_words = models.TextField("why this could fit", max_length=1000, blank=True)
    interview_at = models.DateTimeField("day and time of the interview", null=True, editable=False)
    interview_minutes = models.PositiveSmallIntegerField("length in minutes", default=30, editable=False)
    interview_way = models.CharField(max_length=9, choices=InterviewWay, blank=True, editable=False)
    interview_where = models.CharField("where", max_length=300, blank=True, editable=False)
    interview_words = models.TextField("what to know", max_length=1000, blank=True, editable=False)
    answer = models.TextField("the employer's words", max_length=1000, blank=True, editable=False)
    answer_by = models.DateField("answer wanted by", null=True, editable=False)
    reply = models.TextField("the student's words", max_length=500, blank=True, editable=False)
    placement = models.OneToOneField(
        Placement, on_delete=models.SET_NULL, null=True, related_name="application", editable=False
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "student"],
                condition=models.Q(
                    status__in=["put_forward", "applied", "shortlisted", "interview", "offered", "accepted"]
                ),
                name="application_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["student", "search"],
                condition=models.Q(status="accepted"),
                name="application_one_place_for_each_search",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["put_forward", "withdrawn"]) | models.Q(applied_at__isnull=False),
                name="application_goes_out_with_the_student_s_word",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="interview")
                | (models.Q(interview_at__isnull=False) & ~models.Q(interview_way="")),
                name="application_interview_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="not_successful") | ~models.Q(answer=""),
                name="application_turned_down_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["opportunity", "status"], name="application_by_opportunity"),
            models.Index(fields=["student", "status"], name="application_by_student"),
            models.Index(fields=["status", "interview_at"], name="application_by_interview"),
        ]

    def __str__(self):
        return f"{self.student} for {self.opportunity}"

    def get_absolute_url(self):
        return reverse("application_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        """How `user` stands to this application: any of student, tutor, manager, coordinator."""
        is_contact = self.opportunity.manager_id == user.pk and self.applied_at
        return self.student.relations(user) | ({"manager"} if is_contact else set())

    def frozen_as_read(self) -> str:
        """Nothing is offered for whoever left the T Level; what was open has been withdrawn."""
        return self.student.frozen_says if self.student.left_on else ""

    # --- the student's moves ---

    @verb(source=Status.PUT_FORWARD, target=Status.APPLIED, who={"student"})
    def agree(self, *, by, note: str, cv: StoredFile):
        """Agree to being put forward: from now on the employer sees the application."""
        self.note, self.cv = note, cv
        self.applied_at = self.moved_at = timezone.now()
        return "agreed, and the application was sent"

    @verb(source=OPEN, target=Status.WITHDRAWN, who={"student", "clock"})
    def withdraw(self, *, by, reason: str = ""):
        """Take the application back, or say no to being put forward."""
        says = "withdrew the application" if self.applied_at else "said no to being put forward"
        self.reply, self.moved_at = reason.strip(), timezone.now()
        return says + (f". Reason: {self.reply}" if self.reply else "")

    @verb(source=Status.OFFERED, target=Status.ACCEPTED, who={"student"})
    def accept(self, *, by):
        """Take the place: the planned placement is made at once. Raises Refused where somebody has it already."""
        self.placement, self.moved_at = take_place(self, by=by), timezone.now()
        return "accepted the place"

    @verb(source=Status.OFFERED, target=Status.DECLINED, who={"student"})
    def decline(self, *, by, reason: str = ""):
        """Say no to the offer."""
        self.reply, self.moved_at = reason.strip(), timezone.now()
        return "declined the offer" + (f". Reason: {self.reply}" if self.reply else "")

    # --- the moves of the provider ---

    @verb(source=Status.PUT_FORWARD, target=Status.WITHDRAWN, who={"tutor", "coordinator"})
    def take_back(self, *, by):
        """Put the student forward no more, while they have not agreed."""
        self.moved_at = timezone.now()
        return "took back putting the student forward"

    @verb(source=Status.ACCEPTED, target=Status.WITHDRAWN, who={"tutor", "coordinator", "clock"})
    def fall_through(self, *, by):
        """The planned placement was removed, so the place is free again."""
        self.moved_at = timezone.now()
        return "closed the application: the planned placement was removed, and the place is free again"

    # --- the employer's moves, which staff may record for them ---

    @verb(source=Status.APPLIED, target=Status.SHORTLISTED, who=MANAGER_AND_STAFF, says="put it on the shortlist")
    def shortlist(self, *, by):
        self.moved_at = timezone.now()

    @verb(source=Status.SHORTLISTED, target=Status.APPLIED, who=MANAGER_AND_STAFF, says="took it off the shortlist")
    def unlist(self, *, by):
        self.moved_at = timezone.now()

    @verb(source=UNDECIDED, target=Status.INTERVIEW, who=MANAGER_AND_STAFF)
    def invite(self, *, by, at: datetime, minutes: int = 30, way: str, where: str = "", words: str = ""):
        """Invite to an interview, or move one. Raises Refused for a time that is past."""
        if at <= timezone.now():
            raise Refused("This time has passed already.")
        is_moved = self.has_interview_ahead()
        self.interview_at, self.interview_minutes, self.interview_way = at, minutes, way
        self.interview_where, self.interview_words, self.moved_at = where, words, timezone.now()
        when = f"{timezone.localtime(at):%-d %B %Y at %H:%M}"
        return f"moved the interview to {when}" if is_moved else f"invited to an interview on {when}"

    @verb(source=Status.INTERVIEW, target=Status.SHORTLISTED, who=MANAGER_AND_STAFF)
    def call_off(self, *, by, words: str = ""):
        """Call the interview off; the application stays on the shortlist."""
        self.interview_at, self.interview_way, self.moved_at = None, "", timezone.now()
        self.interview_where = self.interview_words = ""
        self.answer = words.strip()
        return "called the interview off" + (f": {self.answer}" if self.answer else "")

    @verb(source=UNDECIDED, target=Status.OFFERED, who=MANAGER_AND_STAFF)
    def offer(self, *, by, words: str = "", answer_by: date | None = None):
        """Offer a place. Raises Refused where all places are taken or offered already."""
        hold_a_place(self)
        self.answer, self.answer_by, self.moved_at = words.strip(), answer_by, timezone.now()
        return "offered the place"

    @verb(source=Status.OFFERED, target=Status.SHORTLISTED, who=MANAGER_AND_STAFF)
    def take_offer_back(self, *, by, words: str):
        """Take an offer back that is not answered yet, with words for the student."""
        self.answer, self.answer_by, self.moved_at = self.said(words), None, timezone.now()
        return f"took the offer back: {self.answer}"

    @verb(source=UNDECIDED, target=Status.NOT_SUCCESSFUL, who=MANAGER_AND_STAFF)
    def turn_down(self, *, by, words: str):
        """Say that it does not come to a place, with words for the student."""
        self.answer, self.moved_at = self.said(words), timezone.now()
        return f"did not take it further: {self.answer}"

    @verb(
        source=[Status.NOT_SUCCESSFUL, Status.DECLINED],
        target=Status.SHORTLISTED,
        who=MANAGER_AND_STAFF,
        says="took it up again",
    )
    def take_up_again(self, *, by):
        """Look at it again: a mistake, or a place became free. Raises Refused while another one runs in parallel."""
        if self.student.left_on:
            raise Refused("The student is not looking for a place any more.")
        live = Application.objects.live().filter(opportunity=self.opportunity_id, student=self.student_id)
        if live.exclude(pk=self.pk).exists():
            raise Refused("A newer application for the same place is open.")
        placed = Application.objects.filter(student=self.student_id, search=self.search, status="accepted")
        if placed.exists():
            raise Refused("The student has accepted another place meanwhile.")
        self.answer, self.reply, self.moved_at = "", "", timezone.now()

    @staticmethod
    def said(words: str) -> str:
        if not words.strip():
            raise Refused("Say it in a few words: the student reads them.")
        return words.strip()
