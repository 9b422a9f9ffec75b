"""What a student takes along of review meetings: the notes of those that were held."""

from functools import partial

from portal.taking import PRIVATE, Part, Sheet, Table, table, takes, value_of
from portal.words import long_date
from reviews.meetings.models import Action, GoalWord, Meeting
from reviews.meetings.views.printing import sheet


@takes(60, "Review meetings", choices=[PRIVATE])
def meetings(student, user, wanted):
    """What was prepared goes along where it was shared, or what is private is wanted."""
    private = PRIVATE.name in wanted
    rows = Meeting.objects.visible_to(user).with_people().filter(placement__student=student)
    rows = list(rows.filter(status__in=Meeting.OVER).order_by("starts_at", "pk"))
    if not rows:
        return None
    hidden = set() if private else {meeting.pk for meeting in rows if not is_shared(meeting)}
    sheets = [notes(meeting, user, meeting.pk in hidden) for meeting in rows]
    return Part(sheets=sheets, tables=[table_of(rows, hidden), words_of(rows, hidden), actions_of(rows, user)])


def table_of(meetings, hidden: set[int]) -> Table:
    """One row a meeting; nothing of what was prepared for those that are `hidden`."""

    def prepared(name):
        return lambda one: None if one.pk in hidden else value_of(one, f"preparation.{name}")

    return table(
        "review-meetings",
        meetings,
        Meeting="title",
        Employer="placement.employer.name",
        Held="starts_at",
        How="place",
        Behaviours_at_work="behaviours",
        What_else_was_said="notes",
        What_I_prepared_went_well=prepared("went_well"),
        What_was_hard=prepared("hard"),
        What_I_wanted_to_talk_about=prepared("talk_about"),
    )


def words_of(meetings, hidden: set[int]) -> Table:
    """What was said of each goal; nothing that the student prepared for the meetings that are `hidden`."""
    rows = GoalWord.objects.filter(meeting__in=meetings).exclude(side=GoalWord.Side.STUDENT, meeting__in=hidden)
    return table(
        "review-goals",
        rows.select_related("meeting").order_by("meeting__starts_at", "number"),
        Meeting="meeting.title",
        Held="meeting.starts_at",
        Said_by="get_side_display",
        Goal="wording",
        Progress="get_progress_display",
        Words="words",
    )


def actions_of(meetings, user) -> Table:
    """What was agreed to be done."""
    return table(
        "review-actions",
        Action.objects.visible_to(user).filter(meeting__in=meetings).select_related("meeting"),
        Meeting="meeting.title",
        What="what",
        Who="get_owner_display",
        By_when="due_on",
        Status="sentence",
    )


def is_shared(meeting) -> bool:
    """Whether others could read what the student prepared."""
    return bool(value_of(meeting, "preparation.shared_at"))


def notes(meeting, user, is_hidden: bool) -> Sheet:
    when = long_date(meeting.starts_at)
    return Sheet(f"{meeting.title}, {when}", "print/review_meeting.html", partial(on_paper, meeting, user, is_hidden))


def on_paper(meeting, user, is_hidden: bool) -> dict:
    """The notes, without what the student prepared for themselves alone."""
    context = sheet(meeting, user)
    return context | {"preparation": None, "prepared": []} if is_hidden else context
