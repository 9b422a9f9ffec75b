"""Applying, putting a student forward, and feedback: what begins an application or is said after it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.models import Application, Feedback
from placements.models import Placement
from portal.files.models import StoredFile
from portal.history.models import record
from portal.workflow import Refused, moved
from students.models import Student
from students.papers.keeping import present_cv

UNOPENED = "in use now, but we could not open it"


def fitting(student: Student):
    """Opportunities at the student's provider for their T Level (and specialism), whether open or not."""
    rows = Opportunity.objects.filter(provider=student.provider_id, tlevels=student.tlevel_id)
    return rows.filter(specialism=None) | rows.filter(specialism=student.specialism_id or -1)


def search_of(student: Student) -> int:
    """Which search of the student's this is: 1 for the first placement, 2 while there is one already, ..."""
    return Placement.objects.without_tasters().filter(student=student).count() + 1


def cvs_of(student: Student) -> list[tuple[StoredFile, str]]:
    """The CV that the student uses now (students.papers), then others that they sent so far, newest first.

    Each with how it stands: '' for those sent before. One that nobody could open comes last.
    """
    present = present_cv(student)
    used = Application.objects.filter(student=student, cv__isnull=False).values("cv")
    sent = StoredFile.objects.filter(pk__in=used).order_by("-made_at", "-pk")
    before = [(file, "") for file in (sent.exclude(pk=present.file_id) if present else sent)]
    if present and present.is_unopened:
        return [*before, (present.file, UNOPENED)]
    return [(present.file, "in use now"), *before] if present else before


@transaction.atomic
def send_application(opportunity: Opportunity, student: Student, *, note: str, cv: StoredFile, by) -> Application:
    """Apply. Raises Refused where it is not open to this student, or they have applied already."""
    now = timezone.now()
    application = begin(opportunity, student, note=note, cv=cv, applied_at=now, made_at=now, moved_at=now)
    record(application, "applied", by=by)
    moved.send(sender=Application, thing=application, verb="applied", by=by)
    return application


@transaction.atomic
def put_forward(opportunity: Opportunity, student: Student, *, words: str, by) -> Application:
    """Put a student forward: they are asked first, the employer hears of it when they agree. Raises Refused."""
    application = begin(
        opportunity, student, status=Application.Status.PUT_FORWARD, put_forward_by=by, put_forward_words=words
    )
    record(application, "put the student forward" + (f": {words}" if words else ""), by=by)
    moved.send(sender=Application, thing=application, verb="put_forward", by=by)
    return application


def begin(opportunity: Opportunity, student: Student, **fields) -> Application:
    """Store a new application, once at a time. Raises Refused with the reason."""
    if student.frozen_says:
        raise Refused(student.frozen_says)
    if not fitting(student).filter(pk=opportunity.pk).open_on(timezone.localdate()).exists():
        raise Refused("This is not open any more. Look for another place.")
    try:
        with transaction.atomic():
            return Application.objects.create(
                opportunity=opportunity, student=student, search=search_of(student), **fields
            )
    except IntegrityError as error:
        raise Refused("There is an application for this already.") from error


@transaction.atomic
def give_feedback(application: Application, source: str, words: str, *, by) -> Feedback:
    """Keep feedback, or put right what was kept; the history says so without repeating it."""
    feedback, is_new = Feedback.objects.update_or_create(
        application=application, source=source, defaults={"words": words, "by": by, "at": timezone.now()}
    )
    says = "gave feedback" if source == Feedback.Source.GIVEN else "wrote down the feedback that they were told"
    record(application, says if is_new else "changed the feedback", by=by)
    return feedback


@transaction.atomic
def remove_feedback(application: Application, *, by):
    """Take away what the student wrote down."""
    if application.feedback.filter(source=Feedback.Source.TOLD).delete()[0]:
        record(application, "removed the feedback that they had written down", by=by)
