"""Pages of the agreement: reading it, agreeing or declining signed in, and what staff do about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.agreements import agreeing
from placements.agreements.filling import blocks
from placements.agreements.forms import AgreeForm, DeclineForm, PaperForm, ParentForm
from placements.agreements.models import Agreement, Answer, Party
from placements.agreements.standing import answers_of, differences, named, standing_of
from placements.models import Placement
from placements.whose import placement_or_404, placement_to_handle
from portal.access import role_required
from portal.asks.models import Ask
from portal.files.serving import file_response
from portal.pdf import logo_uri, pdf_response
from portal.people.models import STAFF
from portal.workflow import Refused


def agreement_detail(request, pk):
    """The agreement of a placement: its words, who has agreed, and what this reader can do."""
    placement = placement_or_404(request, pk)
    return shown(request, placement)


def shown(request, placement: Placement, status: int = 200, **forms):
    relations = placement.relations(request.user)
    is_staff = bool(relations & STAFF)
    goals = list(placement.goals.current())
    agreements = list(placement.agreements.prefetch_related("answers"))
    agreement = next((each for each in agreements if each.replaced_at is None), None)
    answers = answers_of(agreement) if agreement else {}
    party = party_of(relations)
    own = answers.get(party)
    asks = list(Ask.objects.about(agreement)) if agreement else []
    context = {
        "placement": placement,
        "agreement": agreement,
        "blocks": blocks(agreement.text) if agreement else [],
        "standing": standing_of(agreement, placement, goals),
        "parties": [(named(each, agreement, placement), each, answers.get(each)) for each in agreement.parties]
        if agreement
        else [],
        "differences": differences(agreement, placement, goals) if agreement else [],
        "missing": [] if agreement else agreeing.missing_before_agreement(placement, goals),
        "earlier": [each for each in agreements if each.replaced_at],
        "is_staff": is_staff,
        "is_student": party == Party.STUDENT,
        "is_manager": not party,
        "may_answer": bool(agreement and party in (Party.STUDENT, Party.PROVIDER) and not (own and own.agreed)),
        "may_take_back": agreement and placement.status == Placement.Status.PLANNED,
        "own": own,
        "parent_open": bool(agreement and agreement.needs_parent and Party.PARENT not in answers),
        "own_ask": next((ask for ask in asks if ask.is_open and ask.to_id == request.user.pk), None),
        "asks": asks if is_staff else [],
        "agree": AgreeForm(known=request.user.name),
        "decline": DeclineForm(),
        "parent": ParentForm(initial=agreement and vars(agreement)),
    }
    return render(request, "agreements/agreement_detail.html", context | forms, status=status)


def party_of(relations: set[str]) -> str:
    """For which party somebody answers who stands to the placement like this; '' where they answer by an ask."""
    return Party.STUDENT if "student" in relations else Party.PROVIDER if relations & STAFF else ""


def agreement_to_answer(request, pk) -> tuple[Agreement, Placement]:
    """A current agreement with its placement, for the student and the staff; 404 for everybody else."""
    placement = placement_or_404(request, pk)
    agreement = placement.agreements.current().first()
    if agreement is None or not party_of(placement.relations(request.user)):
        raise Http404
    return agreement, placement


def done(request, placement: Placement, says: str, act, *args, **details):
    """Do something and say what came of it; back to the agreement."""
    try:
        act(*args, by=request.user, **details)
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
    else:
        messages.success(request, says)
    return redirect("agreement_detail", placement.pk)


@require_POST
@role_required(*STAFF)
def agreement_make(request, pk):
    """Make the agreement, or ask for it anew."""
    placement = placement_to_handle(request, pk)
    says = "The agreement is made. Everybody concerned has been asked."
    return done(request, placement, says, agreeing.make_agreement, placement)


@require_POST
def agreement_answer(request, pk):
    """Agree, or decline with words, as the student or for the provider."""
    agreement, placement = agreement_to_answer(request, pk)
    declines = "decline" in request.POST
    form = DeclineForm(request.POST) if declines else AgreeForm(request.POST, known=request.user.name)
    if not form.is_valid():
        return shown(request, placement, status=422, **{"decline" if declines else "agree": form})
    details = {"agreed": not declines, "way": Answer.Way.PORTAL}
    details["name"] = form.cleaned_data.get("name") or request.user.name
    details["words"] = form.cleaned_data.get("words", "")
    says = "Your tutor hears of it." if declines else "You have agreed. Thank you."
    party = party_of(placement.relations(request.user))
    return done(request, placement, says, agreeing.give_answer, agreement, party, **details)


@require_POST
def agreement_take_back(request, pk):
    """Take back the own answer; staff also what they recorded for somebody else."""
    agreement, placement = agreement_to_answer(request, pk)
    party = party_of(placement.relations(request.user))
    if party == Party.PROVIDER and request.POST.get("party") in agreement.parties:
        party = request.POST["party"]
    return done(request, placement, "The answer is taken back.", agreeing.take_back, agreement, party)


@require_POST
def agreement_parent(request, pk):
    """Say which parent or carer is asked; the student or the staff."""
    agreement, placement = agreement_to_answer(request, pk)
    form = ParentForm(request.POST)
    if not form.is_valid():
        return shown(request, placement, status=422, parent=form)
    name, address = form.cleaned_data["parent_name"], form.cleaned_data["parent_address"].lower()
    says = f"{name} has been asked to agree."
    return done(request, placement, says, agreeing.name_parent, agreement, name, address)


@role_required(*STAFF)
def agreement_paper(request, pk):
    """Record an agreement that was signed on paper."""
    placement = placement_to_handle(request, pk)
    agreement = placement.agreements.current().prefetch_related("answers").first()
    if agreement is None:
        raise Http404
    missing = [party for party in agreement.parties if party not in agreeing.agreed_parties(agreement)]
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperForm(data, files, open_parties=missing)
    if form.is_valid():
        found = form.cleaned_data
        more = {"parent_name": found.get("parent_name", "")}
        args = (agreement, found["parties"], found["scan"], found["on"])
        return done(request, placement, "The signed paper is kept.", agreeing.sign_on_paper, *args, **more)
    context = {"placement": placement, "form": form, "missing": missing}
    return render(request, "agreements/agreement_paper.html", context, status=422 if form.errors else 200)


def visible_agreement(request, pk) -> Agreement:
    way = ("student__user", "student__tutor", "employer", "site", "manager", "provider")
    rows = Agreement.objects.visible_to(request.user).select_related(*(f"placement__{name}" for name in way))
    return get_object_or_404(rows.prefetch_related("answers"), pk=pk)


def agreement_scan(request, pk):
    """The scan of the signed paper."""
    agreement = visible_agreement(request, pk)
    if agreement.scan is None:
        raise Http404
    return file_response(agreement.scan)


def agreement_print(request, pk):
    """The agreement to read, print or download: the one that holds, or an earlier one."""
    return render(request, "print/agreement.html", printed(visible_agreement(request, pk)))


def agreement_pdf(request, pk):
    agreement = visible_agreement(request, pk)
    name = f"Agreement - {agreement.placement.student.name} - {agreement.placement.employer.name}.pdf"
    return pdf_response(request, "print/agreement.html", printed(agreement), name)


def printed(agreement: Agreement) -> dict:
    answers = answers_of(agreement)
    return {
        "agreement": agreement,
        "placement": agreement.placement,
        "provider": agreement.placement.provider,
        "logo": logo_uri(agreement.placement.provider),
        "blocks": blocks(agreement.text),
        "parties": [(Party(party).label, answers.get(party)) for party in agreement.parties],
        "made_at": timezone.now(),
    }
