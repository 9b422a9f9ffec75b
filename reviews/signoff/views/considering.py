"""Special consideration: proposing it, and what the second person does."""

from django.contrib import messages
from django.db.models import Count, Max, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.hours.projection import projections
from portal.access import role_required
from portal.files.serving import file_response
from portal.history.models import Event, looked, looks_at
from portal.people.models import STAFF
from portal.posted import posted, seen_in
from portal.words import full_stop
from reviews.signoff import considering
from reviews.signoff.forms import ConfirmForm, ConsiderationForm, ReasonForm
from reviews.signoff.models import Evidence, SpecialConsideration
from reviews.signoff.views.common import completion_for, done, student_for, thing_for


@role_required(*STAFF)
def consideration_add(request, pk):
    """Propose it for a student who has made sufficient progress and cannot reach the hours."""
    student = student_for(request, pk)
    if proposed := student.consideration:
        if request.method == "POST" and proposed.proposed_by_id != request.user.pk:
            messages.warning(request, f"Somebody was quicker: {full_stop(proposed.sentence())}")
        return redirect("consideration_detail", proposed.pk)
    form = ConsiderationForm(posted(request), request.FILES or None)
    if form.is_valid():
        says = "Proposed. A second person of the college has to confirm it; they have a mail."
        if made := done(request, considering.propose, student, says=says, **form.cleaned_data):
            return redirect("consideration_detail", made.pk)
    context = {
        "student": student,
        "completion": completion_for(student),
        "form": form,
        "why_not": considering.why_not_now(student),
    }
    return render(request, "signoff/consideration_add.html", context, status=422 if form.errors else 200)


def consideration_detail(request, pk):
    """What was proposed and decided. Staff who open it are noted, and the student sees who did."""
    return detail(request, consideration_for(request, pk))


def consideration_for(request, pk) -> SpecialConsideration:
    people = "proposed_by", "decided_by", "withdrawn_by", "student__hours"
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    return thing_for(request, SpecialConsideration.objects.select_related(*people).prefetch_related(evidence), pk)


def detail(request, consideration, confirm_form=None, refuse_form=None, withdraw_form=None):
    """The page; staff's looks are noted."""
    relations = consideration.relations(request.user)
    is_own = "student" in relations
    if not is_own:
        looked(consideration, by=request.user)
    refused = confirm_form or refuse_form or withdraw_form
    moves = consideration.moves(request.user)
    is_proposer = consideration.proposed_by_id == request.user.pk
    decides = "confirm" in moves and not is_proposer
    context = {
        "consideration": consideration,
        "student": consideration.student,
        "is_own": is_own,
        "moves": moves,
        "is_proposer": is_proposer,
        "projection": projection_of(consideration.student) if decides else None,
        "may_withdraw": is_proposer or "coordinator" in relations,
        "confirm_form": confirm_form or ConfirmForm(auto_id="confirm_%s"),
        "refuse_form": refuse_form or ReasonForm(auto_id="refuse_%s"),
        "withdraw_form": withdraw_form or ReasonForm(auto_id="withdraw_%s"),
        "refused": refused,
        "events": Event.objects.about(consideration),
        "looks": who_looked(consideration),
    }
    return render(request, "signoff/consideration_detail.html", context, status=422 if refused else 200)


def projection_of(student):
    """By when the hours would be reached at the present pace: what the second person weighs. Three queries."""
    return projections([student], timezone.localdate())[student.pk]


def who_looked(consideration):
    """Everybody of the staff who opened it: how often, and when last."""
    looks = looks_at(consideration).order_by().values("by_name").annotate(times=Count("pk"), last_at=Max("at"))
    return looks.order_by("-last_at", "by_name")


@require_POST
@role_required(*STAFF)
def consideration_confirm(request, pk):
    """The second person confirms it."""
    consideration, form = consideration_for(request, pk), ConfirmForm(request.POST, auto_id="confirm_%s")
    if not form.is_valid():
        return detail(request, consideration, confirm_form=form)
    done(
        request, consideration.confirm, words=form.cleaned_data["words"], seen=seen_in(request.POST), says="Confirmed."
    )
    return redirect("consideration_detail", pk)


@require_POST
@role_required(*STAFF)
def consideration_refuse(request, pk):
    """The second person refuses it, with a reason."""
    consideration, form = consideration_for(request, pk), ReasonForm(request.POST, auto_id="refuse_%s")
    if not form.is_valid():
        return detail(request, consideration, refuse_form=form)
    words = form.cleaned_data["reason"]
    done(request, consideration.refuse, words=words, seen=seen_in(request.POST), says="Refused. They are told.")
    return redirect("consideration_detail", pk)


@require_POST
@role_required(*STAFF)
def consideration_withdraw(request, pk):
    """It is taken back, with a reason."""
    consideration, form = consideration_for(request, pk), ReasonForm(request.POST, auto_id="withdraw_%s")
    if not form.is_valid():
        return detail(request, consideration, withdraw_form=form)
    reason = form.cleaned_data["reason"]
    done(request, consideration.withdraw, reason=reason, seen=seen_in(request.POST), says="Withdrawn.")
    return redirect("consideration_detail", pk)


def evidence_file(request, pk):
    """One file of evidence. A look by staff is noted."""
    rows = Evidence.objects.visible_to(request.user).select_related("file", "consideration__student")
    evidence = get_object_or_404(rows, pk=pk)
    if "student" not in evidence.consideration.relations(request.user):
        looked(evidence.consideration, by=request.user)
    return file_response(evidence.file)
