"""What the line manager, and a parent or carer, see behind the mailed link: the agreement, to agree or to decline."""

from django.contrib import messages
from django.shortcuts import redirect

from placements.agreements import agreeing
from placements.agreements.filling import blocks
from placements.agreements.forms import AgreeForm, DeclineForm
from placements.agreements.models import Agreement, Answer, Party
from placements.agreements.standing import answers_of, asked_again_because
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url
from portal.workflow import Refused


@answers(agreeing.EMPLOYER, Agreement, title="Agree to the placement")
def agreement_by_link(request, ask, agreement, step=""):
    """The line manager answers for the employer."""
    return answer_page(request, ask, agreement, Party.EMPLOYER)


@answers(agreeing.PARENT, Agreement, title="Agree to the placement as a parent or carer")
def agreement_by_parent(request, ask, agreement, step=""):
    """A parent or carer answers for a student under 18."""
    return answer_page(request, ask, agreement, Party.PARENT)


def answer_page(request, ask, agreement, party: str):
    """Draw the page, or take the answer."""
    given = answers_of(agreement).get(party)
    declines = "decline" in request.POST
    agreeing_data = request.POST if request.method == "POST" and not declines else None
    agree = AgreeForm(agreeing_data, initial={"name": ask.name}, known=ask.name)
    decline = DeclineForm(request.POST if declines else None)
    form = decline if declines else agree
    if request.method == "POST" and form.is_valid():
        details = {"agreed": not declines, "words": form.cleaned_data.get("words", "")}
        details["name"] = form.cleaned_data.get("name") or ask.name
        details["way"] = Answer.Way.LINK if request.ask_token else Answer.Way.PORTAL
        try:
            agreeing.give_answer(agreement, party, by=ask.to, found=ask, **details)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            thanks = "The college reads your words and gets in touch." if declines else "You have agreed."
            messages.success(request, f"Thank you. {thanks}")
            return redirect(ask_url(request, ask))
    context = {
        "agreement": agreement,
        "placement": agreement.placement,
        "blocks": blocks(agreement.text),
        "agree": agree,
        "decline": decline,
        "given": given,
        "again_because": asked_again_because(agreement),
        "is_parent": party == Party.PARENT,
    }
    return ask_page(request, ask, "agreements/agreement_by_link.html", context, status=422 if form.errors else 200)
