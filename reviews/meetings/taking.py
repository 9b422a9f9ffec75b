"""What a student takes along of review meetings: the notes of those that were held."""

from functools import partial

from django.utils import timezone

from portal.taking import Part, Sheet, table, takes
from reviews.meetings.models import Action, GoalWord, Meeting
from reviews.meetings.printing import sheet


@takes(60, "Review meetings")
def meetings(student, user, wanted):
    rows = Meeting.objects.visible_to(user).with_people().filter(placement__student=student)
    rows = list(rows.filter(status__in=Meeting.OVER).order_by("starts_at", "pk"))
    if not rows:
        return None
    words = GoalWord.objects.filter(meeting__in=rows).select_related("meeting").order_by("meeting__starts_at", "number")
    actions = Action.objects.visible_to(user).filter(meeting__in=rows).select_related("meeting")
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
            What_I_prepared_went_well="preparation.went_well",
            What_was_hard="preparation.hard",
            What_I_wanted_to_talk_about="preparation.talk_about",
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
    return Part(sheets=[notes(meeting, user) for meeting in rows], tables=tables)


def notes(meeting, user) -> Sheet:
    when = f"{timezone.localtime(meeting.starts_at):%-d %B %Y}"
    return Sheet(f"{meeting.title}, {when}", "print/review_meeting.html", partial(sheet, meeting, user))
