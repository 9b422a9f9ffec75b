"""Am I complete? The only definition of what has to hold before a student is signed off, and of what is still missing.

The conditions are expressions on Student (`holding`), so that pages, lists and the sign-off itself read the same ones.
Source: the guidance, 'completion needs all of it' and 'sign-off'.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.query import ModelIterable

from placements.hours.projection import Projection, projections
from placements.models import Placement
from placements.timesheets.models import Spell, Timesheet
from portal.words import long_date
from reviews.forms.models import Occasion, ReviewForm
from reviews.signoff.conditions import Condition, in_words
from reviews.signoff.models import Judgement, SpecialConsideration
from reviews.signoff.progress import Goal, goals_of
from students.models import Student
from students.tlevels.models import ApproachRule

APPROVED = Timesheet.Status.APPROVED


# --- What holds, as expressions on Student --------------------------------------------------------------------------


def holding(way: str = "") -> dict:
    """Name of each condition -> whether it holds, for Students, or for rows that `way` ('student__') leads to one."""
    student, confirmed = OuterRef(f"{way}pk"), SpecialConsideration.Status.CONFIRMED
    final = ReviewForm.objects.handed_in().filter(occasion=Occasion.FINAL)
    return {
        "has_hours": Q(**{f"{way}hours__counted__gte": F(f"{way}hours__required")}),
        "has_employer": Exists(worked().filter(timesheet__placement__student=student)),
        "has_review": Exists(final.filter(placement=last_placement_of(OuterRef(student)))),
        "is_judged": Exists(Judgement.objects.current().filter(student=student, is_sufficient=True)),
        "has_consideration": Exists(SpecialConsideration.objects.filter(student=student, status=confirmed)),
        "is_running": Exists(Placement.objects.filter(student=student, status=Placement.Status.ACTIVE)),
    }


def is_complete() -> Q:
    """All that has to hold, on rows annotated with `holding`.

    Where the hours are not reached, a confirmed special consideration stands in for all but the progress.
    """
    ordinary = Q(has_hours=True, has_employer=True, has_review=True)
    return Q(is_judged=True) & (ordinary | Q(has_hours=False, has_consideration=True))


def worked() -> QuerySet:
    """Approved spells directly with an employer.

    Approaches in which any number of employers may give hours (work tasters) do not tell.
    """
    tasters = ApproachRule.objects.filter(any_number_of_employers=True).order_by().values("approach")
    return Spell.objects.filter(timesheet__status=APPROVED).exclude(approach__in=tasters).order_by()


def last_placement_of(student) -> Subquery:
    """The placement that ended last of those with approved work: its employer's final review is the one that counts.

    A work taster is never it.
    """
    approved = Timesheet.objects.filter(placement=OuterRef("pk"), status=APPROVED, minutes__gt=0)
    rows = Placement.objects.without_tasters().filter(Exists(approved), student=student)
    return Subquery(rows.order_by("-last_on", "-pk").values("pk")[:1])


class EachWhole(ModelIterable):
    """Django leaves the attribute of a filtered relation away where there is no row; here it is None then."""

    def __iter__(self):
        for student in super().__iter__():
            yield filled(student)


def filled(student: Student) -> Student:
    for name in ("judgement", "consideration", "signoff"):
        student.__dict__.setdefault(name, None)
    return student


def with_completion() -> QuerySet:
    """All students with everything that `completion_of` reads of them, in one query.

    `judgement`: the one that holds; `consideration`: one that is proposed or confirmed; `signoff`: the one that stands;
    None where there is none.
    """
    return _with_completion().all()


@cache
def _with_completion() -> QuerySet:
    """Put together once, as that takes a while; it is never read itself."""
    open_ones = Q(considerations__status__in=SpecialConsideration.OPEN)
    students = Student.objects.annotate(
        **holding(),
        judgement=FilteredRelation("judgements", condition=Q(judgements__replaced_at=None)),
        consideration=FilteredRelation("considerations", condition=open_ones),
        signoff=FilteredRelation("signoffs", condition=Q(signoffs__status="signed_off")),
    ).select_related(
        "user", "provider", "tlevel", "specialism", "tutor", "hours__rule_set", "judgement__by",
        "consideration__proposed_by", "consideration__decided_by", "signoff__signed_off_by",
    )  # fmt: skip
    students._iterable_class = EachWhole
    return students


# --- One student ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Completion:
    """How a student stands on a day. `conditions` have to hold; `goals` are what the tutor's judgement rests on."""

    student: Student
    today: date
    conditions: list[Condition]
    goals: list[Goal]
    projection: Projection
    running: list[Placement] = field(default_factory=list)

    @property
    def is_special(self) -> bool:
        """Whether a confirmed special consideration stands in for what is missing."""
        return self.student.has_consideration and not self.student.has_hours

    @property
    def stood_in_for(self) -> str:
        """What special consideration stands in for: 'the hours and the employer's final review'; '' without it."""
        lacking = [one.name for one in self.conditions if self.is_special and one.is_waived and not one.holds]
        return in_words(lacking)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> list[Condition]:
        """What still has to come; a special consideration leaves the tutor's judgement alone."""
        return [one for one in self.conditions if not one.holds and not (self.is_special and one.is_waived)]

    def why_not(self) -> list[str]:
        """Sentences that keep the student from being signed off."""
        if self.student.left_on:
            return [self.student.frozen_says]
        found = [f"{condition.title}: {condition.says}" for condition in self.missing]
        return found + [
            f"The placement at {placement.employer} runs until {placement.last_on:%-d %B %Y}. "
            "Wait for its last day, or end it."
            for placement in self.running
        ]

    def sentence(self) -> str:
        """The figure as people say it."""
        if self.student.signoff:
            return self.student.signoff.sentence()
        if self.student.left_on:
            return f"The placement will not be completed: the T Level was left on {long_date(self.student.left_on)}"
        if self.is_special and self.is_complete:
            return "Complete with special consideration, not signed off yet"
        if self.is_complete:
            return "Complete, not signed off yet"
        return f"Not complete yet. Missing: {in_words([condition.name for condition in self.missing])}"

    @property
    def tone(self) -> str:
        if self.student.left_on:
            return "calm"
        return "good" if self.student.signoff or self.is_complete else "waiting"


def completion_of(student: Student, today: date) -> Completion:
    """The completion of a student from `with_completion`. Five queries."""
    projection = projections([student], today)[student.pk]
    placements = placements_of(student)
    goals = goals_of(student)
    conditions = [
        Condition.hours(student, projection),
        Condition.employers(student, placements),
        Condition.review(student, placements),
        Condition.judgement(student, goals),
    ]
    running = [placement for placement in placements if placement.status == Placement.Status.ACTIVE]
    return Completion(student, today, conditions, goals, projection, running)


def placements_of(student: Student) -> list[Placement]:
    """The student's placements, the last one first, each with `has_work` and its final form (`form`, `form_status`)."""
    return list(_placements_with_work().filter(student=student))


@cache
def _placements_with_work() -> QuerySet:
    """Put together once, too."""
    form = ReviewForm.objects.filter(placement=OuterRef("pk"), occasion=Occasion.FINAL)
    rows = Placement.objects.select_related("employer", "manager").annotate(
        has_work=Exists(worked().filter(timesheet__placement=OuterRef("pk"))),
        is_approved=Q(kind=Placement.Kind.PLACEMENT)
        & Exists(Timesheet.objects.filter(placement=OuterRef("pk"), status=APPROVED, minutes__gt=0)),
        form=Subquery(form.values("pk")),
        form_status=Subquery(form.values("status")),
    )
    return rows.order_by("-last_on", "-pk")
