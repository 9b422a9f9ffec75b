"""Room for the calls of a request, asked for once.

Python (3.11 to 3.14) keeps what running functions need in pieces of memory of 16 KB, and gives a piece back as soon as
the first function in it returns. A loop at the edge of a piece asks the system for one and gives it back at every turn:
the page of a week took 32 ms instead of 26, the line manager's home 18 instead of 15. Which loop it is depends on how
deep it is called, so that no page can be mended by itself.
"""

NEEDED = 8_000  # values, 64 KB. The next larger piece has as much again left over; pages need 20 KB.


class RoomyMiddleware:
    """Calls the others in one piece of memory: the first of all middleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    # To Python, this function needs much room: it is given a piece that large, in which those that it calls go on.
    __call__.__code__ = __call__.__code__.replace(co_stacksize=NEEDED)
