"""The addresses of all rooms as one tree: a page is found by its steps, not by trying five hundred in turn."""

from itertools import chain

from django.urls import URLPattern, include, path


def tree(patterns) -> list:
    """`patterns` (of `path`, and `include` of rooms made of it) so that what begins with the same step shares a branch.

    'people/' and 'people/<int:pk>/edit/' are both found below 'people/'. Where two could mean the same address, literal
    steps and converters are tried in the order in which they first come.
    """
    return branches(routes(patterns))


def routes(patterns, before: str = ""):
    """(route, its pattern) of all, and of the rooms that are included among them."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from routes(pattern.url_patterns, route)


def branches(ways) -> list:
    """A pattern for each first step of `ways`: (what is left of the route, its pattern)."""
    by_step = {}
    for route, pattern in ways:
        step, slash, rest = route.partition("/")
        by_step.setdefault(step + slash, []).append((rest, pattern))
    return list(chain.from_iterable(branch(step, below) for step, below in by_step.items()))


def branch(step: str, below: list) -> list:
    """What stands behind one step: a page, or the branches below it."""
    if step and len(below) > 1:
        return [path(step, include(branches(below)))]
    return [path(step + rest, page.callback, page.default_args, page.name) for rest, page in below]
