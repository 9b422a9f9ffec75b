"""Pages of review forms for those who are signed in: a placement's forms, one form, and what staff and student do."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.checklists.signed_out import keeps_words
from placements.models import Placement
from placements.whose import placement_or_404, placement_to_handle
from portal.access import role_required
from portal.asks.models import Ask
from portal.history.models import Event, record
from portal.people.models import STAFF, Role
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.forms import asking
from reviews.forms.chart import behaviours_chart, groups_of
from reviews.forms.forms import PaperForm, RemarkForm, ReopenForm
from reviews.forms.improving import worth_an_action
from reviews.forms.models import CORRECT_MINUTES, Occasion, Remark, ReviewForm
from reviews.forms.models.lines import lines_of, screens_of
from reviews.forms.saving import save_answers

EVENTS = 50
REMARKS_AT_MOST = 20


def form_or_404(request, pk) -> ReviewForm:
    return get_object_or_404(ReviewForm.objects.visible_to(request.user).with_people(), pk=pk)


def form_to_handle(request, pk) -> ReviewForm:
    """The form, for the placement's own tutor or placement office."""
    form = form_or_404(request, pk)
    if not form.relations(request.user) & STAFF:
        raise Http404
    return form


def review_form_list(request, pk):
    """The forms of a placement: how each stands, and the behaviours over the reviews."""
    placement = placement_or_404(request, pk)
    relations = placement.relations(request.user)
    is_staff = bool(relations & STAFF)
    rows = list(ReviewForm.objects.visible_to(request.user).filter(placement=placement).prefetch_related("answers"))
    for row in rows:
        row.placement = placement
    is_asked_about = (is_staff or "manager" in relations) and not placement.frozen_as_read()
    asks = list(Ask.objects.about(*rows).filter(kind=asking.KIND)) if is_asked_about else []
    groups = groups_of([row for row in rows if row.is_handed_in])
    context = {
        "placement": placement,
        "forms": rows,
        "is_staff": is_staff,
        "is_student": "student" in relations,
        "is_coordinator": "coordinator" in relations,
        "may_ask": occasions_to_ask(placement, rows) if is_staff else [],
        "asks": [ask for ask in asks if ask.is_open] if is_staff else [],
        "own_asks": [ask for ask in asks if ask.is_open and ask.to_id == request.user.pk],
        "groups": groups,
        "chart": behaviours_chart(groups, placement.student.user.first_name),
    }
    return render(request, "review_forms/review_form_list.html", context)


def occasions_to_ask(placement, rows) -> list:
    """Occasions that nobody was asked about yet, once the placement has begun and until the record is frozen."""
    if placement.status == Placement.Status.PLANNED or placement.frozen_as_read():
        return []
    asked = {row.occasion for row in rows if row.status != ReviewForm.Status.TAKEN_BACK}
    return [occasion for occasion in Occasion if occasion not in asked]


def review_form_detail(request, pk):
    """One form: what it says, as far as it is the reader's, the student's words, and acts."""
    return page(request, form_or_404(request, pk), RemarkForm())


def page(request, form, remark_form, status: int = 200):
    relations = form.relations(request.user)
    is_staff, is_read = bool(relations & STAFF), form.is_read_by(request.user)
    asks = list(Ask.objects.about(form).filter(kind=asking.KIND)) if is_staff or "manager" in relations else []
    screens = screens_of(form, lines_of(form)) if is_read else []
    context = {
        "form": form,
        "placement": form.placement,
        "screens": screens,
        "to_improve": worth_an_action(screens) if form.placement.student.user_id == request.user.pk else [],
        "is_read": is_read,
        "is_staff": is_staff,
        "is_student": "student" in relations,
        "moves": form.moves(request.user),
        "asks": asks if is_staff else [],
        "has_link": any(ask.is_open for ask in asks),
        "own_ask": next((ask for ask in asks if ask.withdrawn_at is None and ask.to_id == request.user.pk), None),
        "remarks": form.remarks.select_related("by") if form.is_handed_in else [],
        "remark_form": remark_form,
        "minutes": CORRECT_MINUTES,
        "events": Event.objects.about(form)[:EVENTS] if is_staff else [],
    }
    return render(request, "review_forms/review_form_detail.html", context, status=status)


@require_POST
@role_required(*STAFF)
def review_form_ask(request, pk, occasion):
    """Ask the line manager, by a mailed link."""
    placement = placement_to_handle(request, pk)
    if occasion not in Occasion:
        raise Http404
    try:
        form = asking.ask_for(placement, occasion, by=request.user)
        messages.success(request, f"{placement.manager} has been asked for the {form.title.lower()}.")
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return redirect("review_form_list", pk)


@require_POST
@role_required(*STAFF)
def review_form_take_back(request, pk):
    """Ask no more; what is answered so far is kept."""
    form = form_to_handle(request, pk)
    try:
        form.take_back(by=request.user)
        messages.success(request, "Taken back. What was answered so far is kept for when you ask again.")
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect("review_form_list", form.placement_id)


@role_required(*STAFF)
def review_form_reopen(request, pk):
    """Open a form that was handed in, with a reason that the line manager reads."""
    form = form_to_handle(request, pk)
    if not form.is_handed_in:
        raise Http404
    asked = ReopenForm(request.POST if request.method == "POST" else None)
    if asked.is_valid():
        try:
            form.reopen(by=request.user, reason=asked.cleaned_data["reason"])
            messages.success(request, f"The form is open again, and {form.placement.manager} has been asked.")
            return redirect("review_form_detail", pk)
        except (Refused, SomebodyWasQuicker) as refused:
            asked.add_error(None, str(refused))
    context = {"form": form, "asked": asked}
    return render(request, "review_forms/review_form_reopen.html", context, status=422 if asked.errors else 200)


@role_required(*STAFF)
def review_form_paper(request, pk, occasion):
    """Record a form that the employer filled in on paper: all of it on one page, with who signed and when."""
    placement = placement_to_handle(request, pk)
    if occasion not in Occasion or placement.status == Placement.Status.PLANNED:
        raise Http404
    form = ReviewForm.objects.filter(placement=placement, occasion=occasion).first()
    form = form or ReviewForm(placement=placement, occasion=occasion)
    form.placement = placement
    if form.is_handed_in:
        raise Http404
    data = request.POST if request.method == "POST" else None
    lines = lines_of(form)
    paper = PaperForm(form, lines, data)
    if paper.is_valid():
        try:
            record_paper(form, paper, by=request.user)
            messages.success(request, f"The {form.title.lower()} is recorded from paper.")
            return redirect("review_form_detail", form.pk)
        except (Refused, SomebodyWasQuicker) as refused:
            paper.add_error(None, str(refused))
    parts = [(screen, list(paper.rows(screen.lines))) for screen in screens_of(form, lines)]
    context = {"placement": placement, "form": form, "parts": parts, "paper": paper}
    return render(request, "review_forms/review_form_paper.html", context, status=422 if data is not None else 200)


@transaction.atomic
def record_paper(form, paper, *, by):
    """Answers and signature together, or nothing. Raises Refused or SomebodyWasQuicker."""
    if form._state.adding:
        form.save()
    save_answers(form, paper, by_name=paper.cleaned_data["signed_by"])
    form.record_paper(by=by, **paper.signature())


@keeps_words(lambda pk: reverse("review_form_detail", args=[pk]))
@role_required(Role.STUDENT)
def review_form_respond(request, pk):
    """The student says something to a form that was handed in."""
    form = form_or_404(request, pk)
    if form.placement.student.user_id != request.user.pk:
        raise Http404
    said = RemarkForm(request.POST, instance=Remark(form=form, by=request.user))
    if not said.is_valid():
        return page(request, form, said, status=422)
    if form.remarks.count() >= REMARKS_AT_MOST:
        messages.warning(request, "That is a lot of words to one form. Talk to your tutor about it.")
        return redirect("review_form_detail", pk)
    with transaction.atomic():
        said.save()
        record(form, "said something to the form", by=request.user)
    messages.success(request, f"Written. You can take it back for {CORRECT_MINUTES} minutes.")
    return redirect("review_form_detail", pk)


@require_POST
@role_required(Role.STUDENT)
def review_form_unsay(request, pk):
    """Take one's own words back, for some minutes."""
    remark = get_object_or_404(Remark.objects.visible_to(request.user).filter(by=request.user), pk=pk)
    if remark.is_fresh():
        remark.delete()
        messages.success(request, "Your words are gone.")
    else:
        messages.warning(request, "It can't be taken back any more. You can write something more to it.")
    return redirect("review_form_detail", remark.form_id)
