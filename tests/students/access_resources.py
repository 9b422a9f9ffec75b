"""The access table of the useful links (see tests/house/test_access.py)."""

from students.resources.models import Link
from tests.posts import POST_ONLY

OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
OWN_OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"

THINGS = {
    "resource_link": lambda cast: Link.objects.filter(provider=cast.provider).first().pk,
    "resource_way": lambda cast: "up",
}

ROWS = {
    "resource_list": ("", "in | 200 403 200 200 | 200 403 200 | 200 403 200 200"),
    "resource_keep": ("", OFFICE),
    "resource_add": ("", OFFICE),
    "resource_edit": ("pk=resource_link", OWN_OFFICE),
    "resource_move": ("pk=resource_link way=resource_way", POST_ONLY),
    "resource_hide": ("pk=resource_link", POST_ONLY),
    "resource_remove": ("pk=resource_link", POST_ONLY),
    "resource_restore": ("pk=resource_link", POST_ONLY),
}
