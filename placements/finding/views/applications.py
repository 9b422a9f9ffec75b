"""One application: what it says, what can be done with it, its CV, its interview, feedback."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.finding.acts import BY_SLUG, EMPLOYER, STAFF, STUDENT, buttons_of, sides_of
from placements.finding.applying import give_feedback, remove_feedback
from placements.finding.calendar import interview_calendar
from placements.finding.forms import FeedbackForm
from placements.finding.models import Application, Feedback
from placements.finding.performing import act_page
from placements.finding.telling import ask_for_feedback, feedback_is_there
from portal.asks.models import Ask
from portal.files.serving import file_response
from portal.history.models import Event
from portal.workflow import Refused


def application_or_404(request, pk) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.user).with_people(), pk=pk)


def application_detail(request, pk):
    """The whole of it; the contact at the employer sees only what they need to decide."""
    application = application_or_404(request, pk)
    sides = sides_of(application, request.user)
    is_provider = bool(sides & {STUDENT, STAFF})
    shows_papers = application.applied_at and (is_provider or application.employer_needs_papers)
    feedback = list(application.feedback.all())
    context = {
        "application": application,
        "opportunity": application.opportunity,
        "is_student": STUDENT in sides,
        "is_staff": STAFF in sides,
        "is_provider": is_provider,
        "shows_papers": shows_papers,
        "own": own_buttons(application, request.user, sides),
        "for_employer": buttons(application, request.user, {EMPLOYER} & sides),
        "feedback": [row for row in feedback if is_provider or row.source == Feedback.Source.GIVEN],
        "may_give": EMPLOYER in sides and application.was_interviewed(),
        "may_tell": STUDENT in sides and (application.was_interviewed() or application.is_answered),
        "has_told": any(row.source == Feedback.Source.TOLD for row in feedback),
        "may_ask": is_provider and may_ask(application, feedback),
        "asks": Ask.objects.about(application) if STAFF in sides else [],
        "events": Event.objects.about(application)[:50] if is_provider else [],
    }
    return render(request, "finding/application_detail.html", context)


def buttons(application, user, sides):
    return buttons_of(application, user, lambda slug: reverse("application_act", args=[application.pk, slug]), sides)


def own_buttons(application, user, sides):
    return buttons(application, user, sides - {EMPLOYER})


def may_ask(application: Application, feedback) -> bool:
    """Whether asking the contact for feedback makes sense."""
    is_given = any(row.source == Feedback.Source.GIVEN for row in feedback)
    return application.was_interviewed() and not is_given and application.opportunity.manager is not None


def application_act(request, pk, act):
    """One of the acts of acts.py: a page where words are wanted, else a press is enough."""
    application = application_or_404(request, pk)
    if act not in BY_SLUG or BY_SLUG[act].side not in sides_of(application, request.user):
        raise Http404
    return act_page(request, application, BY_SLUG[act], by=request.user, back=application.get_absolute_url())


def application_cv(request, pk):
    """The CV, for whoever may see the application; for the contact while they need it."""
    application = application_or_404(request, pk)
    may_read = application.employer_needs_papers or sides_of(application, request.user) & {STUDENT, STAFF}
    if application.cv is None or not may_read:
        raise Http404
    return file_response(application.cv)


def application_interview(request, pk):
    """The interview as a calendar entry (.ics)."""
    application = application_or_404(request, pk)
    if not application.interview_at:
        raise Http404
    return interview_calendar(application)


def application_feedback(request, pk):
    """Feedback: the student writes down what they were told; the contact (or staff for them) gives it."""
    application = application_or_404(request, pk)
    sides = sides_of(application, request.user)
    source = Feedback.Source.TOLD if STUDENT in sides else Feedback.Source.GIVEN
    if application.applied_at is None or (source == Feedback.Source.GIVEN and not application.was_interviewed()):
        raise Http404
    kept = application.feedback.filter(source=source).first()
    form = FeedbackForm(request.POST or None, initial={"words": kept.words if kept else ""})
    if request.method == "POST" and "remove" in request.POST and source == Feedback.Source.TOLD:
        remove_feedback(application, by=request.user)
        messages.success(request, "What you had written down is removed.")
        return redirect(application)
    if request.method == "POST" and form.is_valid():
        give_feedback(application, source, form.cleaned_data["words"], by=request.user)
        if source == Feedback.Source.GIVEN:
            feedback_is_there(application)
        messages.success(request, "The feedback is kept.")
        return redirect(application)
    context = {"form": form, "application": application, "kept": kept, "is_student": STUDENT in sides}
    context["back"] = application.get_absolute_url()
    return render(request, "finding/application_feedback.html", context, status=422 if form.errors else 200)


@require_POST
def application_feedback_ask(request, pk):
    """Ask the contact for feedback by mail."""
    application = application_or_404(request, pk)
    if not sides_of(application, request.user) & {STUDENT, STAFF}:
        raise Http404
    try:
        ask_for_feedback(application, by=request.user)
        messages.success(request, f"{application.opportunity.manager} has a mail and can answer in a minute.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(application)
