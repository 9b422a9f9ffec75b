"""What the pages share: whose record it is, and doing a thing that may be refused."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.workflow import Refused, SomebodyWasQuicker
from reviews.signoff.completion import Completion, completion_of, with_completion
from students.models import Student

MEANWHILE = "Something has changed since you opened the page. Look at it again; nothing was stored."


def student_for(request, pk) -> Student:
    """A student whom the person may see, with all that completion reads; else 404. One query."""
    return get_object_or_404(with_completion().visible_to(request.user), pk=pk)


def completion_for(student) -> Completion:
    return completion_of(student, timezone.localdate())


def thing_for(request, rows, pk):
    """A record of `rows` that the person may see; else 404."""
    return get_object_or_404(rows.visible_to(request.user).with_people(), pk=pk)


def done(request, act, *args, says: str = "", **details):
    """Do it and say so; what `act` returns, or True. None where it was refused, which the person is told."""
    try:
        found = act(*args, by=request.user, **details)
    except SomebodyWasQuicker:
        messages.warning(request, MEANWHILE)
        return None
    except Refused as refused:
        messages.warning(request, str(refused))
        return None
    if says:
        messages.success(request, says)
    return found or True
