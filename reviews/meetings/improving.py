"""What a student is to do after a review meeting can go into their action plan."""

from django.utils import timezone

from reviews.meetings.models import Action, Party
from students.actions.sources import Source, cut, source


@source("meeting_action")
def of_an_agreed_action(user, pk: int):
    """Only what the student is to do, and only from meetings of their own."""
    own = Action.objects.visible_to(user).filter(meeting__placement__student__user=user, owner=Party.STUDENT)
    action = own.select_related("meeting").filter(pk=pk).first()
    if action is None:
        return None
    day = action.due_on if action.due_on and action.due_on >= timezone.localdate() else None
    return Source(cut(f"Review meeting: {action.meeting.title}"), action.what, day)
