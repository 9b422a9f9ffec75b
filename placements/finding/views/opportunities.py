"""Opportunities, for staff: the list, one with its applicants, and keeping them. Their tables are at the employers'."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from employers.models import Employer
from employers.opportunities import keeping
from employers.opportunities.models import Opportunity
from placements.finding.described import pattern_words, week_minutes
from placements.finding.filters import OpportunityFilter
from placements.finding.models import Application
from placements.finding.opportunity_form import (
    CloseForm,
    DaysForm,
    OpportunityForm,
    ReopenForm,
    only_from_18,
    refused_by_working_time,
)
from placements.finding.telling import APPLICATIONS, ask_for_decisions, asks_about
from portal.access import role_required
from portal.asks import asking
from portal.history.models import Event
from portal.people.models import STAFF
from portal.searching import matching
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker

PAGE, OFFERED, SHOWN = 50, 20, 200


def own_opportunities(request):
    rows = Opportunity.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return rows.with_people()


def opportunity_or_404(request, pk) -> Opportunity:
    rows = Opportunity.objects.visible_to(request.user).with_people().prefetch_related("tlevels", "days")
    return get_object_or_404(rows, pk=pk)


@role_required(*STAFF)
def opportunity_list(request):
    found = OpportunityFilter(request.GET, own_opportunities(request))
    rows = found.qs.prefetch_related("tlevels").order_by("-status", "-closes_on", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    open_ones = Application.objects.filter(opportunity__in=page.object_list, status__in=Application.OPEN).order_by()
    waiting = dict(open_ones.values_list("opportunity").annotate(number=Count("pk")))
    for opportunity in page:
        opportunity.waiting = waiting.get(opportunity.pk, 0)
    return render(request, "opportunities/opportunity_list.html", {"filter": found, "page": page})


@role_required(*STAFF)
def opportunity_detail(request, pk):
    """One opportunity with everybody who is after it; a tutor sees only their own students by name."""
    opportunity = opportunity_or_404(request, pk)
    newest = Application.objects.visible_to(request.user).filter(opportunity=opportunity).order_by("-made_at", "-pk")
    applications = Application.objects.filter(pk__in=newest.values("pk")[:SHOWN]).with_people()
    context = {
        "opportunity": opportunity,
        "pattern": pattern_words(opportunity),
        "week": week_minutes(opportunity),
        "only_from_18": only_from_18(opportunity, opportunity.days.all()),
        "applications": applications,
        "moves": opportunity.moves(request.user),
        "asks": asks_about(opportunity),
        "events": Event.objects.about(opportunity)[:50],
    }
    return render(request, "opportunities/opportunity_detail.html", context)


@role_required(*STAFF)
def opportunity_add(request):
    """The employer first, then the rest. What was chosen stands in the address."""
    employers = Employer.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    asked = request.GET.get("employer", "")
    if not asked:
        return choose_employer(request, employers)
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    opportunity = Opportunity(employer=get_object_or_404(employers, pk=asked))
    return edit_page(request, opportunity, [], [], "opportunities/opportunity_add.html")


def choose_employer(request, employers):
    q = request.GET.get("q", "")
    rows = list(employers.filter(matching(q, "name", "town"))[: OFFERED + 1])
    context = {"rows": rows[:OFFERED], "has_more": len(rows) > OFFERED, "q": q}
    return render(request, "opportunities/opportunity_choose.html", context)


@role_required(*STAFF)
def opportunity_copy(request, pk):
    """A new one like an old one."""
    old = opportunity_or_404(request, pk)
    days, tlevels = list(old.days.all()), list(old.tlevels.all())
    return edit_page(request, keeping.copy_of(old), days, tlevels, "opportunities/opportunity_copy.html", old=old)


@role_required(*STAFF)
def opportunity_edit(request, pk):
    opportunity = opportunity_or_404(request, pk)
    days, tlevels = list(opportunity.days.all()), list(opportunity.tlevels.all())
    return edit_page(request, opportunity, days, tlevels, "opportunities/opportunity_edit.html")


def edit_page(request, opportunity: Opportunity, days, tlevels, template: str, **context):
    """The form, refused where nobody may work these hours; whose contact changed are asked anew."""
    before, data = opportunity.manager_id, request.POST or None
    role = opportunity.role
    form = OpportunityForm(data, instance=opportunity, initial={"tlevels": tlevels})
    rows, problems = DaysForm(days, data, are_stored=form.is_stored()), []
    if data and all([form.is_valid(), rows.is_valid()]):
        problems = refused_by_working_time(opportunity, rows.days())
        if not problems and kept(form, rows.days(), before, by=request.user):
            messages.success(request, f"{opportunity.role} at {opportunity.employer} has been saved.")
            return redirect("opportunity_detail", opportunity.pk)
    context |= {"form": form, "rows": rows, "problems": problems, "opportunity": opportunity, "role_before": role}
    context["employer"] = opportunity.employer
    status = 422 if data else 200
    return render(request, template, context, status=status)


def kept(form: OpportunityForm, days, contact_before, *, by) -> bool:
    """Store it all; False with an error on the form where somebody was quicker."""
    opportunity, tlevels = form.instance, form.cleaned_data["tlevels"]
    if not form.stored_by(lambda: keeping.keep(opportunity, tlevels=tlevels, days=days, by=by)):
        return False
    if contact_before != opportunity.manager_id:
        asking.withdraw_all(APPLICATIONS, opportunity, by=by)
        if Application.objects.filter(opportunity=opportunity).undecided().exists():
            ask_for_decisions(opportunity, by=by)
    return True


@role_required(*STAFF)
def opportunity_close(request, pk):
    """Let nobody apply any more, with a reason."""
    return move_page(request, pk, "close", CloseForm, "Nobody can apply any more.")


@role_required(*STAFF)
def opportunity_reopen(request, pk):
    """Open it again until a day."""
    return move_page(request, pk, "reopen", ReopenForm, "Students can apply again.")


def move_page(request, pk, move: str, form_class, done: str):
    opportunity = opportunity_or_404(request, pk)
    if move not in opportunity.moves(request.user):
        messages.warning(request, f"That is not possible now. {full_stop(opportunity.sentence())}")
        return redirect("opportunity_detail", pk)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            getattr(opportunity, move)(by=request.user, **form.cleaned_data)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("opportunity_detail", pk)
    context = {"form": form, "opportunity": opportunity, "move": move}
    context["undecided"] = Application.objects.filter(opportunity=opportunity).undecided().count()
    return render(request, "opportunities/opportunity_move.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(*STAFF)
def opportunity_remove(request, pk):
    """Take one away that was a mistake."""
    opportunity = opportunity_or_404(request, pk)
    try:
        keeping.remove(opportunity, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("opportunity_detail", pk)
    messages.success(request, "The opportunity has been removed.")
    return redirect("opportunity_list")
