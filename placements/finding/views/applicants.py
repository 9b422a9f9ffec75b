"""The applicants for one opportunity, as the contact at the employer sees them: by link or signed in, one screen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from employers.opportunities.models import Opportunity
from placements.finding.acts import BY_SLUG, EMPLOYER, buttons_of
from placements.finding.applying import give_feedback
from placements.finding.described import pattern_words
from placements.finding.forms import FeedbackForm, NeededWordsForm
from placements.finding.models import Application, Feedback
from placements.finding.performing import act_page, draw
from placements.finding.telling import feedback_is_there
from portal.access import role_required
from portal.asks.views import ask_url
from portal.files.serving import file_response
from portal.workflow import SomebodyWasQuicker

PAGE, SHOWN = 50, 200
Status = Application.Status


@role_required("manager")
def applicant_list(request):
    """The opportunities for which this manager is the contact, those with somebody waiting first."""
    undecided = Application.objects.filter(opportunity=OuterRef("pk")).undecided().order_by().values("opportunity")
    waiting = Coalesce(Subquery(undecided.annotate(number=Count("pk")).values("number")), 0)
    rows = Opportunity.objects.managed_by(request.user).with_people().annotate(waiting=waiting)
    page = Paginator(rows.order_by("-waiting", "-closes_on", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "finding/applicant_list.html", {"page": page})


@role_required("manager")
def opportunity_applicants(request, pk):
    """All applicants for one of them."""
    opportunity = get_object_or_404(Opportunity.objects.managed_by(request.user).with_people(), pk=pk)

    def url_of(application, slug):
        if slug == "cv":
            return reverse("application_cv", args=[application.pk])
        if slug == "feedback":
            return reverse("application_feedback", args=[application.pk])
        return reverse("application_act", args=[application.pk, slug])

    rest = reverse("opportunity_rest", args=[pk])
    return render(request, "finding/applicants.html", laid_out(opportunity, request.user, url_of, rest))


@role_required("manager")
def opportunity_rest(request, pk):
    """Turn down, with the same words, everybody who still waits."""
    opportunity = get_object_or_404(Opportunity.objects.managed_by(request.user).with_people(), pk=pk)
    return rest_page(request, opportunity, by=request.user, back=reverse("opportunity_applicants", args=[pk]))


def laid_out(opportunity: Opportunity, user, url_of, rest_url: str) -> dict:
    """What the page of applicants needs. Three queries beside the opportunity's own."""
    first = Application.objects.filter(opportunity=opportunity, applied_at__isnull=False).order_by("applied_at", "pk")
    rows = Application.objects.filter(pk__in=first.values("pk")[:SHOWN])  # only these are joined to their people
    rows = rows.with_people().prefetch_related("feedback").order_by("applied_at", "pk")
    groups = {name: [] for name in ("waiting", "offered", "over")}
    for application in rows:
        application.opportunity = opportunity
        application.buttons = buttons_of(application, user, lambda slug, row=application: url_of(row, slug), {EMPLOYER})
        application.cv_url = url_of(application, "cv") if shows_cv(application) else ""
        application.given = [row for row in application.feedback.all() if row.source == Feedback.Source.GIVEN]
        application.feedback_url = url_of(application, "feedback") if application.was_interviewed() else ""
        groups[group_of(application)].append(application)
    left = opportunity.left - len(groups["offered"])
    return groups | {
        "opportunity": opportunity,
        "pattern": pattern_words(opportunity),
        "left": left,
        "offers": len(groups["offered"]),
        "rest_url": rest_url if len(groups["waiting"]) > 1 or (groups["waiting"] and left <= 0) else "",
        "nobody": not any(groups.values()),
    }


def group_of(application: Application) -> str:
    if application.status in Application.UNDECIDED:
        return "waiting"
    return "offered" if application.status == Status.OFFERED else "over"


def shows_cv(application: Application) -> bool:
    return application.cv_id is not None and application.employer_needs_papers


def rest_page(request, opportunity: Opportunity, *, by, back: str, ask=None):
    """One answer to all who still wait: those that were on the page, and nobody who came later."""
    rows = list(Application.objects.filter(opportunity=opportunity).undecided().with_people()[:SHOWN])
    form = NeededWordsForm(request.POST or None, application=None)
    if request.method == "POST" and form.is_valid():
        shown = set(request.POST.getlist("shown"))
        done = turn_down_all([row for row in rows if f"{row.pk}:{row.version}" in shown], by=by, **form.cleaned_data)
        messages.success(request, "1 student is told." if done == 1 else f"{done} students are told.")
        return redirect(back)
    context = {"form": form, "opportunity": opportunity, "rows": rows, "back": back}
    return draw(request, ask, "finding/opportunity_rest.html", context, status=422 if form.errors else 200)


def turn_down_all(rows: list[Application], *, by, words: str) -> int:
    """How many were turned down; one that moved meanwhile is left as it is."""
    done = 0
    for application in rows:
        try:
            with transaction.atomic():
                application.turn_down(by=by, words=words)
            done += 1
        except SomebodyWasQuicker:
            continue
    return done


# --- Behind the link ------------------------------------------------------------------------------------------------


def applicants_by_link(request, ask, opportunity: Opportunity, step: str = ""):
    """The same by a link. Steps: 'cv-7', 'feedback-7', an act ('offer-7'), or 'rest' for all who still wait."""
    opportunity = Opportunity.objects.with_people().get(pk=opportunity.pk)
    if ask.to_id != opportunity.manager_id:
        raise Http404  # somebody else is the contact now
    home = ask_url(request, ask)
    if step == "rest":
        return rest_page(request, opportunity, by=ask.to, back=home, ask=ask)
    if step:
        return one_by_link(request, ask, opportunity, step, home)

    def url_of(application, slug):
        return ask_url(request, ask, f"{slug}-{application.pk}")

    return draw(
        request, ask, "finding/applicants.html",
        laid_out(opportunity, ask.to, url_of, ask_url(request, ask, "rest")) | {"is_link": True},
    )  # fmt: skip


def one_by_link(request, ask, opportunity: Opportunity, step: str, home: str):
    """What concerns one applicant."""
    slug, _, pk = step.rpartition("-")
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    rows = Application.objects.filter(opportunity=opportunity, applied_at__isnull=False).with_people()
    application = get_object_or_404(rows, pk=pk)
    if slug == "cv" and shows_cv(application):
        return file_response(application.cv)
    if slug == "feedback" and application.was_interviewed():
        return feedback_page(request, ask, application, home)
    act = BY_SLUG.get(slug)
    if act is None or act.side != EMPLOYER:
        raise Http404
    return act_page(request, application, act, by=ask.to, back=home, ask=ask)


def feedback_page(request, ask, application: Application, back: str = ""):
    """Feedback by link; `back` is the page of all applicants, or empty where it was asked for by itself."""
    kept = application.feedback.filter(source=Feedback.Source.GIVEN).first()
    form = FeedbackForm(request.POST or None, initial={"words": kept.words if kept else ""})
    if request.method == "POST" and form.is_valid():
        give_feedback(application, Feedback.Source.GIVEN, form.cleaned_data["words"], by=ask.to)
        feedback_is_there(application)
        messages.success(request, "Thank you: the feedback is kept, and the student can read it.")
        return redirect(back or ask_url(request, ask))
    context = {"form": form, "application": application, "kept": kept, "back": back}
    return draw(request, ask, "finding/application_feedback.html", context, status=422 if form.errors else 200)
