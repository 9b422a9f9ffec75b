"""Pages of a list that may be very long."""

from django.core.paginator import Paginator
from django.db.models import IntegerField, Subquery, Value
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


class CountUpTo(Subquery):
    """How many rows a queryset has, counted up to COUNTED_AT_MOST and one more."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values_list(Value(1))[: COUNTED_AT_MOST + 1])


def in_words(number: int) -> str:
    """A figure that was counted no further than COUNTED_AT_MOST and one more: '4,321', '5,000+'."""
    return f"{COUNTED_AT_MOST:,}+" if number > COUNTED_AT_MOST else f"{number:,}"
