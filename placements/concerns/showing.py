"""How worries show themselves: on the student's home, on the page of a placement, first on the dashboards of staff."""

from functools import partial

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from placements.concerns.models import Concern, Message, Release, Visibility
from portal.history.models import Look
from portal.needs import Waiting, for_staff
from portal.paging import CountUpTo
from portal.people.models import Role
from portal.prepared_parts import part
from portal.rooms import FIRST, Entry, Figures, Step, WhenAny, for_student, of_first, on_placement

SAYS = "{words}: the answer is overdue"


@on_placement(90, of_tasters=True)
def worries_of_placement(placement, relations):
    """For the student and staff, what they may read; for the line manager only what was released to them."""
    if "student" in relations:
        return Entry("Something is wrong", reverse("concern_own_list"), icon="flag")
    if relations & {"tutor", "coordinator"}:
        return entry_for_staff(placement, relations)
    if "manager" not in relations:
        return None
    return of_first(released, note_to_read, reads=("read_at",), placement=placement.pk)


def released(placement):
    """To the line manager of now."""
    return Release.objects.filter(placement=placement, status=Release.Status.RELEASED, to=F("placement__manager"))


def note_to_read(release):
    said = ("calm", "You have read it") if release.read_at else ("attention", "Please read it")
    return Entry("A note from the college", reverse("release_detail", args=[release.pk]), said[1], said[0], "mail")


def entry_for_staff(placement, relations) -> Figures:
    """How many are open of those that this role may read; none shows nothing."""
    found, still_open = (all_of, open_of) if "tutor" in relations else (for_office, open_for_office)
    whose = {"student": placement.student_id}
    figures = {"are_there": part(Exists, found, **whose), "is_open": part(CountUpTo, still_open, **whose)}
    return Figures(figures, partial(how_many_open, placement))


def all_of(student):
    return Concern.objects.filter(student=student)


def for_office(student):
    return all_of(student).filter(Q(visibility=Visibility.OFFICE) | Q(kind__is_accident=True))


def open_of(student):
    return all_of(student).filter(status__in=Concern.OPEN)


def open_for_office(student):
    return for_office(student).filter(status__in=Concern.OPEN)


def how_many_open(placement, are_there, is_open) -> Entry | None:
    if not are_there:
        return None
    says = "None is open" if not is_open else "1 is open" if is_open == 1 else f"{is_open} are open"
    url = f"{reverse('concern_list')}?student={placement.student_id}"
    return Entry("When something is wrong", url, says, "waiting" if is_open else "calm", "flag")


@for_student(FIRST)
def answers_to_read(student, placements, today):
    """An answer or an outcome that the student has not opened yet."""
    return WhenAny(not_opened, steps_to_read, student=student.pk, user=student.user_id)


def not_opened(student, user):
    """Each with `said_at`, when the newest was said."""
    said = Message.objects.filter(concern=OuterRef("pk"), from_student=False).order_by("-at").values("at")[:1]
    own_look = Look.objects.filter(about="concerns.concern", about_id=OuterRef("pk"), by=user)
    closed = Q(status=Concern.Status.SETTLED) & ~Q(settled_by=user)
    newest = Coalesce(Case(When(closed, then=F("settled_at"))), Subquery(said))
    rows = Concern.objects.filter(student=student).annotate(said_at=newest).filter(said_at__isnull=False)
    return rows.exclude(Exists(own_look.filter(at__gte=OuterRef("said_at"))))


def steps_to_read(rows):
    for concern in rows:
        written = f"Written on {timezone.localtime(concern.said_at):%-d %B}"
        yield Step("There is an answer for you", concern.get_absolute_url(), "attention", written)


@for_staff(
    "concern_overdue", says=SAYS, called="The answer to a worry is overdue", act="Answer",
    url="concern_detail", tone="problem", icon="flag",
)  # fmt: skip
def overdue(desk):
    """What the desk may read and has not answered in time."""
    rows = Concern.objects.at_desk(desk).overdue(desk.now)
    return Waiting(rows, "student", "due_at", words="kind__title", outlasts=True)


@for_staff(
    "concern_waiting",
    says="A worry waits for an answer",
    act="See to it",
    url="concern_waiting",
    tone="problem",
    icon="flag",
    role=Role.COORDINATOR,
)
def waiting_elsewhere(desk):
    """That one waits which the placement office may not read: past its time, or with nobody to answer."""
    rows = Concern.objects.filter(provider=desk.provider_id).unattended(desk.now)
    return Waiting(rows.exclude(pk__in=Concern.objects.at_desk(desk).values("pk")), "student", "due_at", outlasts=True)


@for_staff(
    "concern_open", says="{words}", called="A worry to answer in time", act="Answer", url="concern_detail",
    icon="flag",
)  # fmt: skip
def not_answered_yet(desk):
    """What the desk may read, waits for an answer, and is in time."""
    rows = Concern.objects.at_desk(desk).waiting().filter(due_at__gt=desk.now)
    return Waiting(rows, "student", "raised_at", words="kind__title", outlasts=True)


@for_staff(
    "concern_follow_up", says="{words}: ask again how things are",
    called="After a worry: ask again how things are", act="Open", url="concern_detail", tone="waiting", icon="flag",
)  # fmt: skip
def to_follow_up(desk):
    """Settled ones whose day to ask again has come."""
    rows = Concern.objects.at_desk(desk).filter(follow_up_on__lte=desk.today)
    return Waiting(rows, "student", "settled_at", words="kind__title", outlasts=True)
