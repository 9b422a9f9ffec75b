"""Review meetings, and what was agreed at them, in a student's timeline."""

from django.db.models import Case, DateTimeField, F, When
from django.db.models.functions import Cast
from django.utils import timezone

from portal.timeline import Facts, Happening, happens
from reviews.meetings.models import Action, Meeting

Status = Meeting.Status
SAYS = {
    Status.PLANNED: "{title}: due around this day, no date yet",
    Status.OFFERED: "{title}: dates are offered, none is chosen yet",
    Status.HELD: "{title} held at {time}, not confirmed by everybody yet",
    Status.SETTLED: "{title} held at {time}, answered by everybody",
    Status.MISSED: "{title} missed: {reason}",
    Status.CANCELLED: "{title} cancelled: {reason}",
}
TONES = {Status.PLANNED: "waiting", Status.OFFERED: "waiting", Status.AGREED: "waiting", Status.HELD: "waiting"}
TONES |= {Status.SETTLED: "good", Status.MISSED: "attention"}


@happens("meetings")
def meetings(student, user):
    """On their date, or around the day on which they are due."""
    dated = When(status__in=Meeting.DATED, then=F("starts_at"))
    return Happening(
        Meeting.objects.visible_to(user).filter(placement__student=student),
        Case(dated, default=Cast("due_on", DateTimeField())),
        says_meeting,
        "meeting_detail",
        state="status",
        words="title",
        name="reason",
        tone=TONES,
    )


def says_meeting(row: Facts) -> str:
    time = f"{timezone.localtime(row.at):%H:%M}"
    if row.state == Status.AGREED:
        return f"{row.words} at {time}, notes not closed yet" if row.is_past else f"{row.words} at {time}"
    return SAYS[row.state].format(title=row.words, time=time, reason=row.name)


@happens("meetings")
def actions(student, user):
    """What was agreed: on the day by which it is to be done, or on which it was."""
    rows = Action.objects.visible_to(user).filter(meeting__placement__student=student)
    done = When(done_at__isnull=False, then=F("done_at"))
    return Happening(
        rows.filter(meeting__status__in=Meeting.OVER),
        Case(done, default=Cast("due_on", DateTimeField())),
        says_action,
        "meeting_detail",
        thing="meeting_id",
        words="what",
        also="done_at",
        tone="calm",
    )


def says_action(row: Facts) -> str:
    if row.also:
        return f"Done, as agreed at a review: {row.words}"
    return f"{'Was due' if row.is_past else 'Due'}, as agreed at a review: {row.words}"
