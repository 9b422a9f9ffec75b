"""Where setting up shows itself: what the employer is told, for the placement's page and the student's."""

from functools import partial

from django.db.models import Exists, F, Q
from django.urls import reverse

from placements.models import Placement
from placements.setup.models import SharedAdjustment
from placements.several import told_apart
from portal.needs import Waiting, for_staff
from portal.people.models import Role
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, for_student, of_first, on_placement
from students.models import Student
from students.support.employers import Told, tells_employers

NOTHING = "Nothing is released"


@on_placement(25, of_tasters=True)
def adjustments(placement, relations):
    """The line manager hears of it only while there is something for them to read."""
    url = reverse("adjustment_list", args=[placement.pk])
    if relations == {"manager"}:
        to_read = Entry("What helps", url, "To be read", "calm", "info")
        is_at_work = part(Exists, at_work, placement=placement.pk)
        return Figures({"is_at_work": is_at_work}, lambda is_at_work: to_read if is_at_work else None)
    nothing = Entry("Adjustments to share", url, "Nothing shared", "calm", "lock")
    shown, reads = partial(shared_entry, placement, url), ("released_at", "taken_back_at", "to")
    rows = own if "student" in relations else known_to_staff
    return of_first(rows, shown, nothing, reads=reads, placement=placement.pk)


def at_work(placement):
    return SharedAdjustment.objects.filter(placement=placement).at_work()


def own(placement):
    return SharedAdjustment.objects.filter(placement=placement).open().released_first()


def known_to_staff(placement):
    return own(placement).known_to_staff()


def shared_entry(placement, url, row):
    row.placement = placement
    says = "Shared with the employer" if row.is_at_work else "Not released yet"
    return Entry("Adjustments to share", url, says, row.tone, "lock")


@for_staff(
    "no_tutor",
    says="Has no tutor, and the placement at {words} needs one",
    called="Has no tutor, and a placement needs one",
    act="Choose a tutor",
    url="student_edit",
    icon="user",
    role=Role.COORDINATOR,
)
def placed_without_tutor(desk):
    """Whom nobody at the provider looks after: such a placement never starts. Only the placement office can choose."""
    students = Student.objects.filter(provider=desk.provider_id, tutor=None)
    rows = Placement.objects.filter(student__in=students).exclude(status=Placement.Status.ENDED)
    return Waiting(rows, student="student", since="first_on", thing="student", words="employer__name")


@for_student(15, of_tasters=True)
def to_decide(student, placements, today):
    """What staff wrote and the student has not decided on, and what only a former line manager was told.

    One for each placement: what waits comes first.
    """
    going_on = [placement for placement in placements if placement.status != Placement.Status.ENDED]
    return [
        of_first(
            undecided, partial(step_to_decide, one), reads=("released_at",), placement=one.pk, user=student.user_id
        )
        for one in going_on
    ]


def undecided(placement, user):
    waiting = Q(released_at=None) & ~Q(written_by=user)
    left = Q(released_at__isnull=False, placement__manager__isnull=False) & ~Q(to=F("placement__manager"))
    rows = SharedAdjustment.objects.open().filter(waiting | left, placement=placement)
    return rows.order_by(F("released_at").desc(nulls_first=True))


def step_to_decide(placement, row):
    says = "Decide whether your employer may be told what helps you"
    if row.released_at:
        says = "You have another line manager: decide whether they may be told what helps you"
    url = reverse("adjustment_list", args=[placement.pk])
    return Step(says, url, "waiting", "Nothing is told before you say so.")


@tells_employers
def released_words(student, user) -> list[Told]:
    """What each employer of now can read. Two queries."""
    placements = told_apart(
        Placement.objects.visible_to(user)
        .filter(student=student)
        .exclude(status=Placement.Status.ENDED)
        .select_related("employer", "manager")
    )
    rows = SharedAdjustment.objects.filter(placement__in=placements).open().read_by(user)
    if student.user_id != user.pk:
        rows = rows.known_to_staff()
    found = {row.placement_id: row for row in reversed(rows.released_first())}
    return [told_of(placement, found.get(placement.pk)) for placement in placements]


def told_of(placement: Placement, row: SharedAdjustment | None) -> Told:
    url = reverse("adjustment_list", args=[placement.pk])
    if row is None:
        return Told(placement.where, NOTHING, "calm", url)
    row.placement = placement
    return Told(placement.where, row.sentence, row.tone, url, row.words if row.is_readable else "")
