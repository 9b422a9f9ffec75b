"""The two ways in: a manager who is signed in, and the link in a manager's mail. Behind both lies the same screen."""

from dataclasses import dataclass
from functools import wraps

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placements.approvals.models import DecisionLink, weeks_of
from placements.timesheets.models import UNDO_MINUTES
from portal.access import private, role_required
from portal.colleges import colleges_managed
from portal.people.models import Provider, User

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

    def week_or_404(self, pk: int):
        return get_object_or_404(self.weeks.with_people(), pk=pk)


def signed_in(view):
    """Let in a signed-in manager; the view gets an Entrance."""

    @role_required("manager")
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return view(request, Entrance(request.user, weeks_of(request.user)), *args, **kwargs)

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
            return link_ended(request, pk, token, "over" if link.weeks().waiting().exists() else "done")
        return view(request, Entrance(link.manager, link.weeks(), link, token), *args, **kwargs)

    return wrapper


def link_ended(request, pk, token, state: str):
    """The calm page behind a link that opens nothing: unknown, over (something waits still), or done (nothing does)."""
    context = {
        "too_late_to_undo": state != "unknown"
        and request.resolver_match.url_name in UNDOING
        and request.method == "POST",
        "undo_minutes": UNDO_MINUTES,
        "state": state,
        "again": reverse("link_again", args=[pk, token]),
        "typed": request.POST.get("reason", ""),
    }
    return render(
        request, "approvals/link_ended.html", context, status={"unknown": 404, "over": 410, "done": 200}[state]
    )
