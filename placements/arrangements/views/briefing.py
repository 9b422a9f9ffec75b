"""The briefing card of the line manager: signed in, as a PDF, and by a mailed link."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.approvals.models import DecisionLink, way_to
from placements.arrangements.card import briefing_of
from placements.arrangements.keeping import first_day_form, keep_first_day, send_briefing
from placements.arrangements.models import FirstDay
from placements.arrangements.views.arrangements import BRIEF, placement_in_brief
from placements.models import Placement
from placements.timesheets.models import Timesheet
from portal.access import role_required
from portal.asks.asking import answered
from portal.asks.kinds import answers, for_ones_eyes, kinds
from portal.asks.models import Ask
from portal.asks.views import ask_page, ask_url
from portal.pdf import pdf_response
from portal.people.models import STAFF
from portal.posted import posted
from portal.prepared import Later, prepared
from portal.workflow import Refused


def briefing_card(request, pk):
    """The card. Student and staff see the same as the line manager, but not what waits for that person."""
    placement = placement_in_brief(request, pk)
    relations = placement.relations(request.user)
    is_staff = bool(relations & STAFF)
    context = briefing_of(placement, request.user) | {
        "is_manager": "manager" in relations,
        "is_student": "student" in relations,
        "is_staff": is_staff,
        "asks": Ask.objects.about(placement).filter(kind="briefing") if is_staff else [],
    }
    if "manager" in relations:
        context |= to_do(placement, request.user, by_link=False)
    return render(request, "arrangements/briefing_card.html", context)


def briefing_pdf(request, pk):
    """The card to print."""
    placement = placement_in_brief(request, pk)
    name = f"Briefing card - {placement.student.name}.pdf"
    return pdf_response(request, "print/briefing.html", briefing_of(placement, request.user), name)


@require_POST
@role_required(*STAFF)
def briefing_ask(request, pk):
    """Mail the line manager the link to the card, now."""
    placement = placement_in_brief(request, pk, *STAFF)
    try:
        send_briefing(placement, by=request.user)
        messages.success(request, f"{placement.manager} has a mail with the link to this card.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("briefing_card", pk)


def to_do(placement: Placement, manager, *, by_link: bool) -> dict:
    """What the line manager does this week about this student; what waits about others is told elsewhere. Two queries.

    By link, the weeks are linked where a mail with such a link went out (one query more).
    """
    acts = []
    weeks = list(
        Timesheet.objects.waiting().filter(placement=placement).order_by("monday").values_list("pk", flat=True)
    )
    if weeks:
        says = f"Approve {'1 week' if len(weeks) == 1 else f'{len(weeks)} weeks'} of hours"
        page = link_to_weeks(manager) if by_link else reverse("manager_home")
        acts.append({"says": says, "url": page and way_to(page, weeks[0])})
    asks = asks_about_one().asked(placement=placement.pk, provider=placement.provider_id, user=manager.pk)
    for ask in (Ask(to=manager, **dict(zip(ASKED, row, strict=True))) for row in asks):
        if not by_link or (ask.is_alive() and ask.kind not in for_ones_eyes()):
            url = ask.path() if by_link else reverse("ask_detail", args=[ask.pk])
            acts.append({"says": kinds[ask.kind].title, "url": url})
    return {"to_do": acts}


ASKED = ("id", "kind", "mailed_at")


@prepared
def asks_about_one():
    """What is open between somebody and a placement, or any record that belongs to it, but for reading its card."""
    placement, wanted = Later("placement"), Q()
    for kind in kinds.values():
        if kind.model is Placement:
            wanted |= Q(kind=kind.name, about_id=placement)
        elif any(field.name == "placement" for field in kind.model._meta.concrete_fields):
            things = kind.model._base_manager.filter(placement=placement)
            wanted |= Q(kind=kind.name, about_id__in=things.values("pk"))
    rows = Ask.objects.open().filter(wanted, to=Later("user"), provider=Later("provider"))
    return rows.exclude(kind="briefing").values_list(*ASKED)


def link_to_weeks(manager) -> str:
    """The address of a link to weeks that was mailed to this manager and still holds, or ''. None is made here."""
    links = DecisionLink.objects.filter(manager=manager, placement=None, ended_at=None)
    return next((link.path() for link in links[:1] if link.is_alive()), "")


@answers("briefing", Placement, title="Read about your student", remind_after=())
def briefing_by_link(request, ask, thing, step=""):
    """The card by link. Pressing the button says that it was read; the link can be opened further."""
    placement = manageable(ask, thing.pk)
    if step:
        raise Http404
    if request.method == "POST":
        answered(ask)
        messages.success(request, "Thank you. You can open the card again as long as the link holds.")
        return redirect(ask_url(request, ask))
    by_link = bool(request.ask_token)
    context = briefing_of(placement, ask.to) | to_do(placement, ask.to, by_link=by_link)
    return ask_page(request, ask, "arrangements/briefing_by_link.html", context)


@answers("first_day", FirstDay, title="Say what the student needs on the first day")
def first_day_by_link(request, ask, thing, step=""):
    """The line manager fills the first-day card in; what was written can be changed as long as the link holds."""
    placement = manageable(ask, thing.placement_id)
    if step:
        raise Http404
    form = first_day_form(placement, posted(request))
    if form.is_valid() and form.stored_by(lambda: keep_first_day(form, by=ask.to)):
        answered(ask)
        messages.success(request, f"Thank you. It stands on the card of {placement.student.user.first_name} now.")
        return redirect(ask_url(request, ask))
    context = {"placement": placement, "form": form}
    status = 422 if form.errors else 200
    return ask_page(request, ask, "arrangements/first_day_by_link.html", context, status=status)


def manageable(ask, pk) -> Placement:
    """The placement, if the person asked still is its line manager."""
    placement = Placement.objects.with_people().select_related(*BRIEF).get(pk=pk)
    if ask.to is None or placement.manager_id != ask.to_id:
        raise Http404
    return placement
