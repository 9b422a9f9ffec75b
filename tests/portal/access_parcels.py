"""The access table of parcels: each its maker's alone (see tests/house/test_access.py)."""

from portal.parcels.asking import ask_for
from portal.parcels.kinds import packs
from portal.parcels.models import Parcel
from tests.posts import POST_ONLY


@packs("trial", title="A trial")
def trial(parcel, out, progress):
    """A kind of parcel that only tests know: writes the words that it was given."""
    words = parcel.options["words"]
    progress.steps = len(words)
    for word in words:
        out.write(word.encode())
        progress()
    return "Trial.txt"


def desk_of(user):
    return user.memberships.select_related("user", "provider").get()


def made(cast) -> int:
    return ask_for("trial", desk=desk_of(cast.tutor), title="Words", options={"words": ["one"]}).pk


def waiting(cast) -> int:
    return Parcel.objects.create(provider=cast.provider, by=cast.tutor, role="tutor", kind="trial", title="Words").pk


THE_MAKERS = "in | 404 404 200 404 | 404 404 404 | 404 404 404 404"

THINGS = {"parcel": made, "parcel_waiting": waiting}

ROWS = {
    "parcel_list": ("", "in | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "parcel_detail": ("pk=parcel", THE_MAKERS),
    "parcel_progress": ("pk=parcel_waiting", "in | 404 404 302 404 | 404 404 404 | 404 404 404 404"),
    "parcel_download": ("pk=parcel", THE_MAKERS),
    "parcel_cancel": ("pk=parcel_waiting", POST_ONLY),
    "parcel_forget": ("pk=parcel", POST_ONLY),
    "parcel_again": ("pk=parcel", POST_ONLY),
}
