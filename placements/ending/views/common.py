"""Who comes to which page: the student to their own ending once it is open, staff to those they look after."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from placements.ending.models import is_open_on, opens_on
from placements.models import Placement
from placements.whose import placement_or_404
from portal.access import role_required
from portal.people.models import STAFF, Role


def for_student(view):
    """The view gets the student's own placement; before the ending opens they are told when it does."""

    @role_required(Role.STUDENT)
    @wraps(view)
    def wrapper(request, pk, *args, **kwargs):
        placement = get_object_or_404(Placement.objects.own(request.user).with_people(), pk=pk)
        return view(request, placement, *args, **kwargs) if is_open(request, placement) else elsewhere(placement)

    return wrapper


def for_student_or_staff(view):
    """The same for the student, the tutor and the placement office, none of whom only manages it."""

    @role_required(Role.STUDENT, *STAFF)
    @wraps(view)
    def wrapper(request, pk, *args, **kwargs):
        placement = placement_or_404(request, pk, "student", *STAFF)
        return view(request, placement, *args, **kwargs) if is_open(request, placement) else elsewhere(placement)

    return wrapper


def is_open(request, placement) -> bool:
    """Whether the ending is open; says when it will be if it is not."""
    if is_open_on(placement, timezone.localdate()):
        return True
    messages.info(request, f"This opens on {opens_on(placement):%-d %B %Y}, three weeks before the last day.")
    return False


def elsewhere(placement):
    return redirect("ending_detail", placement.pk)


def thing_of_student(request, rows, pk, relations=("student",)):
    """A record of the student's own open ending (`rows` lead to a placement); else 404."""
    people = "placement__student__user", "placement__student__tutor", "placement__employer", "placement__provider"
    thing = get_object_or_404(rows.visible_to(request.user).select_related(*people), pk=pk)
    if not thing.placement.relations(request.user) & set(relations):
        raise Http404
    return thing
