"""Pages of a list that may be very long."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED_AT_MOST = 5_000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED_AT_MOST: a list of a million rows costs little more than one of a thousand.

    `has_more` says whether there are rows past it: the page then says 'of more than 5,000', and the last page is the
    last one counted. `found` is the number counted elsewhere, up to COUNTED_AT_MOST + 1.
    """

    def __init__(self, object_list, per_page=50, found: int | None = None):
        super().__init__(object_list, per_page)
        self._found = found

    @cached_property
    def found(self) -> int:
        return self.object_list[: COUNTED_AT_MOST + 1].count() if self._found is None else self._found

    @property
    def count(self) -> int:
        return min(self.found, COUNTED_AT_MOST)

    @property
    def has_more(self) -> bool:
        return self.found > COUNTED_AT_MOST
