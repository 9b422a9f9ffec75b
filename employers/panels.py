"""The page of an employer has parts, each with its own tab and address. Rooms bring theirs; the page knows none.

A room that has something about an employer has, in its `showing.py`:

    @panel(40, "conversations", "Conversations")
    def conversations(employer, request):
        rows = employer.conversations.visible_to(request.user)
        return Panel("conversations/panel.html", {"rows": rows})

`order` is the place of the tab, the slug makes the address (`part_url(employer, "conversations")`), the title is what
the tab is called. The function is asked only when its own tab is open; the page itself has taken three queries by then,
so that it may take five. Only tutors and coordinators come here, and `employer` is visible to them; what else a row
needs is the function's to see to. The template is included with `employer`, `role` and everything in the context; it
starts with <h2>s and holds no <h1>. Where a form of the part was refused, its view calls
`show_part(request, employer, "conversations", Panel(...), status=422)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from portal.discovering import discover


@dataclass(frozen=True)
class Panel:
    """What a tab shows: the name of a template and what it needs."""

    template: str
    context: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Tab:
    """A room's part of the page: `show` is the function (employer, request) -> Panel."""

    order: int
    slug: str
    title: str
    show: Callable


tabs: dict[str, Tab] = {}


def panel(order: int, slug: str, title: str):
    """Mark a function (employer, request) -> Panel as a part of the page of an employer."""

    def register(show):
        tabs[slug] = Tab(order, slug, title, show)
        return show

    return register


def part_url(employer, slug: str) -> str:
    """The address of a part of the page of an employer (a record, or its primary key)."""
    return reverse("employer_part", args=[getattr(employer, "pk", employer), slug])


def tabs_of(employer, here: str) -> list[dict]:
    """All tabs, in their order, as label, url and whether it is the one that is open."""
    discover("showing")
    found = [{"label": "About", "url": reverse("employer_detail", args=[employer.pk]), "current": not here}]
    for tab in sorted(tabs.values(), key=lambda tab: tab.order):
        found.append({"label": tab.title, "url": part_url(employer, tab.slug), "current": tab.slug == here})
    return found


def tab_of(slug: str) -> Tab:
    """The tab with this slug; 404 for one that no room has."""
    discover("showing")
    if slug not in tabs:
        raise Http404
    return tabs[slug]


def show_part(request, employer, slug: str, shown: Panel, status: int = 200):
    """The page of the employer, open at a part."""
    context = {"employer": employer, "tab": tab_of(slug), "tabs": tabs_of(employer, slug), "panel": shown.template}
    return render(request, "employers/employer_part.html", context | shown.context, status=status)
