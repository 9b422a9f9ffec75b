"""Who hears of a meeting, by mail. Calendars get the file behind the signed address in each mail."""

from django.urls import reverse

from portal.notices import mail
from portal.tokens import is_token_for, token_for
from reviews.meetings.models import Meeting

PURPOSE = "reviews.meetings.calendar"


def token_of(meeting: Meeting) -> str:
    """The secret of the calendar address, which opens nothing but the time and place."""
    return token_for(str(meeting.pk), purpose=PURPOSE)


def is_token_of(meeting: Meeting, token: str) -> bool:
    return is_token_for(str(meeting.pk), token, purpose=PURPOSE)


def calendar_url(meeting: Meeting) -> str:
    return mail.absolute(reverse("meeting_calendar", args=[meeting.pk, token_of(meeting)]))


def people_of(meeting: Meeting) -> list:
    """Student, tutor and line manager, as far as there are such."""
    placement = meeting.placement
    return [person for person in (placement.student.user, placement.tutor, placement.manager) if person]


def tell_all(meeting: Meeting, news: str, *, by=None):
    """Mail everybody but `by`. `news`: fixed, moved, took_place, cancelled, missed, reminder."""
    for person in people_of(meeting):
        if person != by and person.is_active:
            tell(meeting, person, news)


def tell(meeting: Meeting, person, news: str):
    context = {
        "meeting": meeting,
        "news": news,
        "link": mail.absolute(meeting.get_absolute_url()),
        "calendar": calendar_url(meeting),
        "is_student": person == meeting.placement.student.user,
    }
    mail.send("meeting_news", to=person, context=context, about=meeting)
