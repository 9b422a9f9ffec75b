"""The two ways in: a manager who is signed in, and the link in a manager's mail. Behind both lies the same screen."""

from dataclasses import dataclass
from functools import wraps

from django.db.models import QuerySet
from django.shortcuts import render
from django.urls import reverse

from placements.approvals.models import DecisionLink, weeks_of
from placements.models import Placement
from placements.timesheets.models import UNDO_MINUTES
from portal.access import private, role_required
from portal.asks.models import Ask
from portal.colleges import colleges_managed
from portal.people.models import Provider, User

STATUS = {"unknown": 404, "over": 410, "elsewhere": 410, "done": 200}
UNDOING = ("week_undo_by_link", "weeks_undo_by_link")


@dataclass
class Entrance:
    """Who decides, which weeks they may see, and where their forms go. `link` is None for somebody signed in."""

    manager: User
    weeks: QuerySet
    link: DecisionLink | None = None
    token: str = ""

    @property
    def colleges(self) -> list[Provider]:
        """Those whose weeks can be behind it."""
        one = self.link and self.link.placement
        return [one.provider] if one else colleges_managed(self.manager)

    @property
    def home(self) -> str:
        return reverse("link_weeks", args=[self.link.pk, self.token]) if self.link else reverse("manager_home")

    def url(self, act: str, *args) -> str:
        """The address of an act: url('week_approve', 7)."""
        if self.link:
            return reverse(f"{act}_by_link", args=[self.link.pk, self.token, *args])
        return reverse(act, args=args)

    def week(self, pk: int):
        """One of the weeks. Raises SomebodyElses, also for whoever never had it: the answer is the same."""
        week = self.weeks.with_people().filter(pk=pk).first()
        if week is None:
            raise SomebodyElses
        return week


class SomebodyElses(Exception):
    """The week is not, or not any more, among those behind the entrance."""


def signed_in(view):
    """Let in a signed-in manager; the view gets an Entrance."""

    @role_required("manager")
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return entered(view, request, Entrance(request.user, weeks_of(request.user)), *args, **kwargs)

    return wrapper


def by_link(view):
    """Let in whoever holds a manager's link; the view gets an Entrance. Opening writes nothing, signs nobody in."""

    @private
    @wraps(view)
    def wrapper(request, pk, token, *args, **kwargs):
        link = DecisionLink.objects.select_related("manager", "placement__provider").filter(pk=pk).first()
        if link is None or not link.is_opened_by(token):
            return link_ended(request, pk, token, "unknown")
        if not link.is_alive():
            return link_over(request, link, token)
        return entered(view, request, Entrance(link.manager, link.weeks(), link, token), *args, **kwargs)

    return wrapper


def entered(view, request, entrance, *args, **kwargs):
    """What the view answers; where the week is somebody else's by now, that, with the words that were for it."""
    try:
        return view(request, entrance, *args, **kwargs)
    except SomebodyElses:
        context = {"state": "elsewhere", "home": entrance.home, "typed": request.POST.get("reason", "")}
        return render(request, "approvals/link_ended.html", context, status=404)


def link_over(request, link, token):
    """The page behind a link that has ended: a week waits still, somebody else approves the hours, or all is done."""
    if link.weeks().waiting().exists():
        return link_ended(request, link.pk, token, "over")
    if is_replaced(link):
        return link_ended(request, link.pk, token, "elsewhere")
    return link_ended(request, link.pk, token, "done", None if link.placement_id else link.manager)


def is_replaced(link) -> bool:
    """Whether others approve the hours of all placements that the link was for."""
    if link.placement_id:
        return link.placement.manager_id != link.manager_id
    return not Placement.objects.filter(manager=link.manager_id).exists()


def link_ended(request, pk, token, state: str, manager: User | None = None):
    """The calm page behind a link that opens nothing: unknown, over (a week waits still), done (none does), elsewhere.

    `manager`: who is told how much else waits for them, which a new link opens as long as the asks' own links hold.
    """
    asks = Ask.objects.visible_to(manager).open() if manager else Ask.objects.none()
    context = {
        "too_late_to_undo": state in ("over", "done")
        and request.resolver_match.url_name in UNDOING
        and request.method == "POST",
        "undo_minutes": UNDO_MINUTES,
        "state": state,
        "asks": asks.count(),
        "again": reverse("link_again", args=[pk, token]),
        "helps": state in ("over", "unknown") or asks.alive().exists(),
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "approvals/link_ended.html", context, status=STATUS[state])
