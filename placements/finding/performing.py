"""Doing one act on an application, by whoever is in front of it: signed in, or behind the contact's link."""

from django.contrib import messages
from django.shortcuts import redirect, render

from placements.finding.accepting import first_day, others_of, pattern_problems
from placements.finding.acts import Act, label_of
from placements.finding.described import pattern_words
from placements.finding.models import Application
from portal.asks.views import ask_page
from portal.posted import seen_in
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


def act_page(request, application: Application, act: Act, *, by, back: str, ask=None):
    """The page of an act, or its answer. Acts without a page come back at once. `back` is where it leads afterwards."""
    if act.verb not in application.moves(by):
        messages.warning(request, f"That is not possible any more. {full_stop(application.sentence())}")
        return redirect(back)
    form = act.form(request.POST or None, application=application) if act.form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            getattr(application, act.verb)(by=by, seen=seen_in(request.POST), **(form.details() if form else {}))
        except (Refused, SomebodyWasQuicker) as refused:
            if form is None:
                messages.warning(request, str(refused))
                return redirect(back)
            form.add_error(None, str(refused))
        else:
            messages.success(request, act.done)
            return redirect(back)
    if not act.has_page:
        return redirect(back)
    context = {"form": form, "application": application, "act": act, "label": label_of(act, application), "back": back}
    if act.slug == "accept":
        context |= what_accepting_means(application)
    context["seen"] = request.POST.get("seen") or application.version
    return draw(request, ask, "finding/application_act.html", context, status=422 if form and form.errors else 200)


def draw(request, ask, template: str, context: dict, status: int = 200):
    """The same page behind a link and signed in."""
    if ask is not None:
        return ask_page(request, ask, template, context, status=status)
    return render(request, template, context, status=status)


def what_accepting_means(application: Application) -> dict:
    """What the student should know before they say yes: what is planned, and which other applications end."""
    opportunity = application.opportunity
    return {
        "others": others_of(application),
        "pattern": pattern_words(opportunity),
        "problems": pattern_problems(application.student, opportunity),
        "first_on": first_day(opportunity.first_on),
    }
