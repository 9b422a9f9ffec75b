"""All kinds of reports about a student, by what they are about.

One list of them for the page of a student, for what is chosen for many, and for the worker.
"""

import functools

from reviews.reports.kinds import Kind, marked
from reviews.reports.sheets import certificate, hours, placement, reviewing

__all__ = ["certificate", "hours", "kinds", "placement", "reviewing"]


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds by their names, in their order."""
    return {kind.name: kind for kind in sorted(marked.values(), key=lambda kind: kind.order)}
