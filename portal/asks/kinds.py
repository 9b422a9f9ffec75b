"""The kinds of asks: rooms register theirs, this one knows none.

A room that asks something has an `answering.py`:

    @answers("agreement", Agreement, title="Agree to the placement")
    def agreement_by_link(request, ask, thing, step=""):
        ...
        return ask_page(request, ask, "agreements/agree.html", {...})

The function is a view: it draws the page at GET (writing nothing) and takes the answer at POST, calling
`answered(ask)` when all is said. Forms post to the same address (action=""), `step` is a path below it for parts of
the page that need their own address: {% url %} is not needed, `ask_url(request, ask, step)` makes it.
The mail is templates/mail/ask_<kind>.txt and .html, with `ask`, `thing`, `link`, `link_days` and `is_reminder`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True)
class Kind:
    """What a room said about its asks. `remind_after`: days after which an unanswered one is mailed again.

    `goes_over`: whether somebody who takes the person's place is asked the same. Words for one person's eyes do not,
    and by link they open from their own mail only: others are passed on more easily.
    """

    name: str
    model: type[Model]
    title: str
    view: Callable
    remind_after: tuple[int, ...] = (3, 7)
    goes_over: bool = True


kinds: dict[str, Kind] = {}


def for_ones_eyes() -> list[str]:
    """The names of the kinds whose links stand in their own mails only."""
    return [kind.name for kind in kinds.values() if not kind.goes_over]


def answers(
    name: str, model: type[Model], *, title: str, remind_after: tuple[int, ...] = (3, 7), goes_over: bool = True
):
    """Mark a view (request, ask, thing, step) as the page behind asks of kind `name` about records of `model`.

    `title` says in a few words what is to be done ('Agree to the placement'). The model has `visible_to`.
    """

    def register(view):
        kinds[name] = Kind(name, model, title, view, remind_after, goes_over)
        return view

    return register
