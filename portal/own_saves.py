"""A page that saves itself is known again by its own saves: one whose answer was lost is not taken for another tab's.

Each page that is opened has a name (`new_page`, sent along as `page`), and its script says when it sent what (`sent`).
The row remembers the save that made its present version. Another save of the same page goes on from there, whatever
version the page believes to have before it; one that was sent earlier, and is late, writes nothing.
"""

from typing import Self

from django.db import models
from django.utils.crypto import get_random_string

from portal.posted import seen_in
from portal.workflow import SomebodyWasQuicker, Workflow

LENGTH = 12  # of a page's name


def new_page() -> str:
    """The name of a page that is being opened."""
    return get_random_string(LENGTH)


class Overtaken(SomebodyWasQuicker):
    """A save that comes after one that the same page sent later: what the page says is stored."""


class Seen(int):
    """The version that a page had before it when it sent a save; `page` is its name, '' where it has none, and `sent`
    the milliseconds since it was opened, -1 where no script says it."""

    page, sent = "", -1

    @classmethod
    def of(cls, data, version: int | None = None) -> Self:
        """What a page sent along; `version` where it cannot have had another one before it."""
        seen = cls(seen_in(data) if version is None else version)
        page = data.get("page", "")
        seen.page = page if len(page) == LENGTH and page.isascii() and page.isalnum() else ""
        seen.sent = seen_in(data, "sent")
        return seen


class SavedByPages(Workflow):
    """A workflow with content that pages save while it is written; it is open for that in its statuses `OPEN`."""

    last_save = models.JSONField(null=True, editable=False)  # {page, sent, version}: by which page, what it made

    class Meta:
        abstract = True

    def take_turn(self, *, seen: int):
        """Take the right to write the content, as the page that had version `seen` before it or wrote the present one.

        Call first in the transaction that writes: the conditional UPDATE holds the row until the transaction ends.
        Raises SomebodyWasQuicker, as Overtaken where what the same page sent later is stored.
        """
        if self.turn_from(seen, seen):
            return
        self.refresh_from_db(fields=["version", "last_save"])
        last = self.last_save_by(seen)
        if last is None:
            raise SomebodyWasQuicker(self)
        if 0 <= seen.sent < last["sent"]:
            raise Overtaken(self)
        if not self.turn_from(self.version, seen):
            raise SomebodyWasQuicker(self)

    def last_save_by(self, seen: int) -> dict | None:
        """The save that made the present version, if it is of the page that has now `seen` this."""
        page, last = getattr(seen, "page", ""), self.last_save or {}
        return last if page and (last.get("page"), last.get("version")) == (page, self.version) else None

    def turn_from(self, version: int, seen: int) -> bool:
        """Make the next version of the row, if `version` is the present one and open as it was read."""
        page, made = getattr(seen, "page", ""), version + 1
        last_save = {"page": page, "sent": seen.sent, "version": made} if page else None
        rows = type(self)._base_manager.filter(pk=self.pk, version=version, status=self.status, status__in=self.OPEN)
        if not rows.update(version=made, last_save=last_save):
            return False
        self.version, self.last_save = made, last_save
        return True

    def moves_with_page(self):
        """The next move is of the page that saved last: should its answer be lost, the page goes on from there, too."""
        if self.last_save:
            self.last_save |= {"version": self.version + 1}
