"""What a student takes along of review meetings: the notes of those that were held."""

from functools import partial

from django.utils import timezone

from portal.taking import PRIVATE, Part, Sheet, table, takes, value_of
from reviews.meetings.models import Action, GoalWord, Meeting
from reviews.meetings.printing import sheet


@takes(60, "Review meetings", choices=[PRIVATE])
def meetings(student, user, wanted):
    """What was prepared goes along where it was shared, or what is private is wanted."""
    private = PRIVATE.name in wanted
    rows = Meeting.objects.visible_to(user).with_people().filter(placement__student=student)
    rows = list(rows.filter(status__in=Meeting.OVER).order_by("starts_at", "pk"))
    if not rows:
        return None
    words = GoalWord.objects.filter(meeting__in=rows).select_related("meeting").order_by("meeting__starts_at", "number")
    hidden = set() if private else {meeting.pk for meeting in rows if not is_shared(meeting)}
    words = words.exclude(side=GoalWord.Side.STUDENT, meeting__in=hidden)
    actions = Action.objects.visible_to(user).filter(meeting__in=rows).select_related("meeting")

    def prepared(meeting, name):
        return None if meeting.pk in hidden else value_of(meeting, f"preparation.{name}")

    tables = [
        table(
            "review-meetings",
            rows,
            Meeting="title",
            Employer="placement.employer.name",
            Held="starts_at",
            How="place",
            Behaviours_at_work="behaviours",
            What_else_was_said="notes",
            What_I_prepared_went_well=lambda one: prepared(one, "went_well"),
            What_was_hard=lambda one: prepared(one, "hard"),
            What_I_wanted_to_talk_about=lambda one: prepared(one, "talk_about"),
        ),
        table(
            "review-goals",
            words,
            Meeting="meeting.title",
            Held="meeting.starts_at",
            Said_by="get_side_display",
            Goal="wording",
            Progress="get_progress_display",
            Words="words",
        ),
        table(
            "review-actions",
            actions,
            Meeting="meeting.title",
            What="what",
            Who="get_owner_display",
            By_when="due_on",
            Status="sentence",
        ),
    ]
    return Part(sheets=[notes(meeting, user, meeting.pk in hidden) for meeting in rows], tables=tables)


def is_shared(meeting) -> bool:
    """Whether others could read what the student prepared."""
    return bool(value_of(meeting, "preparation.shared_at"))


def notes(meeting, user, is_hidden: bool) -> Sheet:
    when = f"{timezone.localtime(meeting.starts_at):%-d %B %Y}"
    return Sheet(f"{meeting.title}, {when}", "print/review_meeting.html", partial(on_paper, meeting, user, is_hidden))


def on_paper(meeting, user, is_hidden: bool) -> dict:
    """The notes, without what the student prepared for themselves alone."""
    context = sheet(meeting, user)
    return context | {"preparation": None, "prepared": []} if is_hidden else context
