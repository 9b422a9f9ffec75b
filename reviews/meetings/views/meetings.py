"""Pages of review meetings: those of a placement, adding one, one meeting, and ticking actions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.whose import placement_or_404, placement_to_handle
from portal.access import private, role_required
from portal.asks.models import Ask
from portal.calendar import calendar_response
from portal.history.models import Event, record
from portal.notices.mail import absolute
from portal.people.models import STAFF
from portal.workflow import Refused
from reviews.meetings.forms import AtTheTableForm, ConfirmForm, MeetingForm
from reviews.meetings.models import Action, GoalWord, Meeting
from reviews.meetings.planning import newest_of, plan_by_hand
from reviews.meetings.recording import tick
from reviews.meetings.telling import is_token_of, token_of

PAGE = EVENTS = 50


def meeting_or_404(request, pk) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).with_people(), pk=pk)


def meeting_to_handle(request, pk) -> Meeting:
    """The meeting, for the placement's own tutor or placement office."""
    meeting = meeting_or_404(request, pk)
    if not meeting.relations(request.user) & STAFF:
        raise Http404
    return meeting


def meeting_list(request, pk):
    """The meetings of a placement, and the actions that are open."""
    placement = placement_or_404(request, pk)
    relations = placement.relations(request.user)
    meetings = Meeting.objects.visible_to(request.user).filter(placement=placement)
    page = Paginator(meetings, PAGE).get_page(request.GET.get("page"))
    for meeting in page:
        meeting.placement = placement
    context = {
        "placement": placement,
        "page": page,
        "actions": Action.objects.filter(meeting__placement=placement, done_at=None, meeting__status__in=Meeting.OVER),
        "is_staff": bool(relations & STAFF),
        "is_student": "student" in relations,
        "is_coordinator": "coordinator" in relations,
        "relations": relations,
    }
    return render(request, "meetings/meeting_list.html", context)


@role_required(*STAFF)
def meeting_add(request, pk):
    """Plan a meeting by hand."""
    placement = placement_to_handle(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, instance=Meeting(placement=placement), initial={"due_on": timezone.localdate()})
    status = 200
    if form.is_valid():
        try:
            plan_by_hand(form.instance, seen=key_in(request.POST.get("seen", "")), by=request.user)
            messages.success(request, "Planned. Now offer dates, or set the date.")
            return redirect("meeting_detail", form.instance.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
    elif form.is_bound:
        status = 422
    context = {"form": form, "placement": placement, "newest": newest_of(placement)}
    return render(request, "meetings/meeting_add.html", context, status=status)


def key_in(text: str) -> int:
    """The key that a page sent along, 0 for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def meeting_detail(request, pk):
    """One meeting: when and where, what was prepared, the notes once they are closed, who agrees, acts."""
    return page(request, meeting_or_404(request, pk))


def page(request, meeting, *, confirm_form=None, table_form=None, status: int = 200):
    relations = meeting.relations(request.user)
    is_staff = bool(relations & STAFF)
    confirmations = list(meeting.confirmations.select_related("recorded_by"))
    heard = {one.party for one in confirmations if one.round == meeting.round}
    missing = [party for party in meeting.parties() if party not in heard]
    is_held = meeting.status == Meeting.Status.HELD
    asks = list(Ask.objects.about(meeting)) if is_staff or "manager" in relations else []
    words = list(meeting.goal_words.all())
    own_party = next((party for party in ("student", "tutor") if party in relations and party in missing), None)
    context = {
        "meeting": meeting,
        "placement": meeting.placement,
        "relations": relations,
        "is_staff": is_staff,
        "is_student": "student" in relations,
        "moves": meeting.moves(request.user),
        "preparation": preparation_of(meeting, request.user),
        "prepared": [row for row in words if row.side == GoalWord.Side.STUDENT],
        "together": [row for row in words if row.side == GoalWord.Side.TOGETHER] if meeting.is_over else [],
        "actions": meeting.actions.all() if meeting.is_over else [],
        "confirmations": confirmations,
        "missing": missing if is_held else [],
        "confirm_form": (confirm_form or ConfirmForm()) if is_held and own_party else None,
        "table_form": (table_form or AtTheTableForm(missing)) if is_held and is_staff and missing else None,
        "offers": meeting.offers.all() if meeting.is_offered else [],
        "asks": [ask for ask in asks if not ask.withdrawn_at] if is_staff else [],
        "may_ask": is_staff and wants_manager(meeting, missing) and not any(ask.is_open for ask in asks),
        "own_ask": next((ask for ask in asks if ask.is_open and ask.to_id == request.user.pk), None),
        "token": token_of(meeting),
        "events": Event.objects.about(meeting)[:EVENTS] if relations - {"manager"} else [],
    }
    return render(request, "meetings/meeting_detail.html", context, status=status)


def wants_manager(meeting, missing) -> bool:
    """Whether the line manager is the one to answer now."""
    waits = meeting.is_offered or (meeting.status == Meeting.Status.HELD and "manager" in missing)
    return waits and meeting.placement.manager is not None


def preparation_of(meeting, user):
    """What the student prepared, as far as it is this reader's: the student's own, or what was shared."""
    found = getattr(meeting, "preparation", None)
    own = meeting.placement.student.user_id == user.pk
    return found if found and (own or found.shared_at) else None


def words_of(meeting, side: str) -> list[GoalWord]:
    return list(meeting.goal_words.filter(side=side))


@require_POST
def meeting_action_tick(request, pk):
    """Say that an action is done, or take that back: whoever it belongs to, and staff."""
    action = get_object_or_404(
        Action.objects.visible_to(request.user).select_related("meeting__placement__student"), pk=pk
    )
    relations = action.meeting.relations(request.user)
    if not relations & {action.owner, *STAFF}:
        raise PermissionDenied
    with transaction.atomic():
        tick(action, action.done_at is None, by=request.user)
        says = "says that this is done" if action.done_at else "says that this is not done after all"
        record(action.meeting, f"{says}: {action.what}", by=request.user)
    messages.success(request, "Noted as done." if action.done_at else "Noted as open.")
    return redirect("meeting_list", action.meeting.placement_id)


@private
def meeting_calendar(request, pk, token):
    """Time and place as a calendar entry, nothing about people: for whoever holds the address from their mail."""
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None or not is_token_of(meeting, token) or not meeting.sequence:
        raise Http404
    return calendar_response(
        uid=f"meeting-{meeting.pk}@placement-portal",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        title="Review meeting, industry placement",
        where=meeting.place,
        words=absolute(meeting.get_absolute_url()),
        cancelled=not meeting.has_date or meeting.status == Meeting.Status.MISSED,
    )
