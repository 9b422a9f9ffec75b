"""Moved to portal.rooms."""

from portal.rooms import (
    Entry,
    Kind,
    StaffNeed,
    Step,
    Waiting,
    entries_of,
    for_staff,
    for_student,
    needs_of_staff,
    on_placement,
    steps_of,
)  # noqa: F401
