"""The access table of returns (see tests/house/test_access.py)."""

from reviews.returns.models import ReturnFile
from tests.posts import ANY_COORDINATOR_POSTS
from tests.reviews.returned import returned

OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
OWN_OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"

THINGS = {
    "return": lambda cast: returned(cast).pk,
    "return_file": lambda cast: ReturnFile.objects.get(part_of=returned(cast), number=1).pk,
    "results": lambda cast: "results",
}

ROWS = {
    "return_list": ("", OFFICE),
    "return_preview": ("kind=results", OFFICE),
    "return_make": ("kind=results", ANY_COORDINATOR_POSTS),
    "return_detail": ("pk=return", OWN_OFFICE),
    "return_left_out": ("pk=return", OWN_OFFICE),
    "return_file": ("pk=return_file", OWN_OFFICE),
}
