"""The manager decides. Each view gets an Entrance (signed in, or by link); urls.py mounts each of them at both."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from placements.approvals.deciding import decide, decide_all, left_because, not_yours, told_of_all
from placements.approvals.entrances import by_link, is_replaced, link_ended, signed_in
from placements.approvals.forms import WordsForm
from placements.approvals.models import DecisionLink
from placements.approvals.screen import DECIDED, one_laid_out, screen_for
from placements.approvals.telling import mail_new_link
from placements.timesheets.models import UNDO_MINUTES, Timesheet
from placements.timesheets.undoing import why_not_undone
from portal.access import private
from portal.asks.kinds import for_ones_eyes, kinds
from portal.asks.models import Ask
from portal.by_link import held_up
from portal.posted import seen_in

ASKS_AT_ONCE = 50


def for_nobody_else(view):
    """A view behind a link stays closed while somebody else than its manager is signed in."""

    @wraps(view)
    def wrapper(request, entrance, *args, **kwargs):
        page = entrance.link and held_up(request, entrance.manager, entrance.manager.name)
        return page or view(request, entrance, *args, **kwargs)

    return wrapper


def acts(view):
    """A view that acts, by POST only. Whoever comes by GET (a tab restored, a scanner) is led to the weeks instead."""

    @wraps(view)
    def wrapper(request, entrance, *args, **kwargs):
        if request.method == "POST":
            view(request, entrance, *args, **kwargs)
        return redirect(entrance.home)

    return wrapper


@signed_in
def manager_home(request, entrance):
    """A signed-in manager's home."""
    return weeks_page(request, entrance)


@by_link
@for_nobody_else
def link_weeks(request, entrance):
    """The same by a link: of its manager, or of one placement."""
    return weeks_page(request, entrance)


def weeks_page(request, entrance):
    """Everything that waits for the manager, and what they decided in the last ten minutes."""
    asks, later = asks_of(entrance)
    wanted = seen_in(request.GET, "week")
    screen = screen_for(entrance.weeks, entrance.manager, None if wanted < 0 else wanted)
    if screen.lacks_wanted:
        messages.info(request, "The week that this link was for does not wait for you any more.")
    if entrance.link and screen.is_empty and not asks and is_replaced(entrance.link):
        return link_ended(request, entrance.link.pk, entrance.token, "elsewhere")
    context = {"screen": screen, "asks": asks, "asks_later": later}
    return render(request, "approvals/manager_home.html", common(request, entrance) | context)


def asks_of(entrance) -> tuple[list[dict], bool]:
    """What else waits for the manager, each behind its own address, and whether more comes after these.

    A link that staff copied opens weeks only, a mailed one nothing that is for the manager's eyes only.
    """
    if entrance.link and entrance.link.placement_id:
        return [], False
    asks = Ask.objects.visible_to(entrance.manager).open().select_related("provider", "to")
    if entrance.link:
        asks = asks.alive().exclude(kind__in=for_ones_eyes())
    found = [
        {
            "ask": ask,
            "title": kinds[ask.kind].title,
            "url": ask.path() if entrance.link else reverse("ask_detail", args=[ask.pk]),
        }
        for ask in asks[: ASKS_AT_ONCE + 1]
    ]
    return found[:ASKS_AT_ONCE], len(found) > ASKS_AT_ONCE


@acts
def week_approve(request, entrance, week):
    """Approve one week."""
    say(request, decide("approve", entrance.week(week), by=entrance.manager, seen=seen_in(request.POST)))


@acts
def week_undo(request, entrance, week):
    """Take the decision about one week back, within ten minutes."""
    say(request, decide("undo", entrance.week(week), by=entrance.manager, seen=seen_in(request.POST)))


@acts
def weeks_approve(request, entrance):
    """Approve exactly the weeks that were on the screen."""
    all_at_once(request, entrance, "approve")


@acts
def weeks_undo(request, entrance):
    """Take back the approvals of the last ten minutes that were on the screen."""
    all_at_once(request, entrance, "undo")


def week_send_back(request, entrance, week):
    """Ask about one day, or send the week back: a page of its own for the words, which are kept whatever happens."""
    timesheet, status = entrance.week(week), 200
    shown = one_laid_out(timesheet)
    form = WordsForm(shown, request.POST or None, initial={"day": request.GET.get("day")})
    if request.method == "POST" and form.is_valid():
        outcome = decide("send_back", timesheet, by=entrance.manager, seen=seen_in(request.POST), **form.cleaned_data)
        say(request, outcome)
        if outcome.done:
            return redirect(entrance.home)
        shown, status = one_laid_out(entrance.week(week)), 409
    elif timesheet.status != Timesheet.Status.HANDED_IN:
        if request.method == "GET" and not why_not_undone(timesheet, entrance.manager):
            messages.info(request, "You have just answered about that week. You can take it back below.")
        else:
            messages.warning(request, "That week does not wait for you any more.")
        return redirect(entrance.home)
    elif why := timesheet.frozen_as_read():
        messages.warning(request, why)
        return redirect(entrance.home)
    elif request.method == "POST":
        status = 422
    about = form.days.get(form["day"].value())
    context = common(request, entrance) | {"week": shown, "placement": shown.placement, "form": form, "about": about}
    return render(request, "approvals/week_send_back.html", context, status=status)


@signed_in
def decision_list(request, entrance):
    """What was decided earlier about the manager's placements, newest first."""
    rows = entrance.weeks.filter(status__in=DECIDED).with_people().order_by("-decided_at", "-pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "approvals/decision_list.html", {"page": page})


@csrf_exempt
@private
def link_again(request, pk, token):
    """Mail the manager a new link, to the address on file. The answer is the same whatever comes of it."""
    if request.method != "POST":
        return redirect("link_weeks", pk, token)
    link = DecisionLink.objects.select_related("manager").filter(pk=pk).first()
    if link is not None:
        mail_new_link(link.manager)
    return render(request, "approvals/link_again.html")


# --- What the views share ---


def common(request, entrance) -> dict:
    """What every page behind an entrance knows. On a link's page only its manager's name and colleges count."""
    context = {"entrance": entrance, "undo_minutes": UNDO_MINUTES, "colleges": entrance.colleges}
    if entrance.link:
        context |= {"role": "", "desk": None, "by_link": True}
    return context


def say(request, outcome):
    """Tell the manager what came of it."""
    (messages.success if outcome.done else messages.warning)(request, outcome.says)


def all_at_once(request, entrance, verb):
    """Decide about the weeks that were on the screen, and tell which were left as they are."""
    shown = set(request.POST.getlist("shown")[:200])
    done, left = decide_all(verb, entrance.weeks, shown, by=entrance.manager)
    if done:
        messages.success(request, told_of_all(verb, done))
    for why, weeks in left.items():
        messages.warning(request, left_because(why, weeks))
    if number_of_others := len(shown) - len(done) - sum(map(len, left.values())):
        messages.warning(request, not_yours(number_of_others))
