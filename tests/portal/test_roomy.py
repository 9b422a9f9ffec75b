"""Room for the calls of a request: no loop asks the system for memory at every turn, however deep it is called."""

from resource import RUSAGE_SELF, getrusage

from django.http import HttpResponse

from portal.roomy import RoomyMiddleware

TURNS, DEPTHS = 200, 100


def called():
    """What a loop calls."""


def fetched_by_a_loop(depth: int) -> int:
    """How many pages of memory a loop, so many calls down, was given by the system."""
    if depth:
        return fetched_by_a_loop(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(TURNS):
        called()
    return getrusage(RUSAGE_SELF).ru_minflt - before


def test_no_depth_of_a_request_makes_a_loop_dear():
    seen = {}

    def view(request):
        seen["worst"] = max(fetched_by_a_loop(depth) for depth in range(DEPTHS))
        return HttpResponse("Here")

    assert RoomyMiddleware(view)(None).content == b"Here"
    assert seen["worst"] < TURNS / 2
