"""Many rows, some hundred at a time: what thousands of rows need stays few queries and little memory."""

from collections.abc import Iterable, Iterator
from itertools import islice

SIZE = 500


def batches(things: Iterable, size: int = SIZE) -> Iterator[list]:
    """`things` in their order, `size` at a time; the last list may be shorter, none is empty."""
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch
