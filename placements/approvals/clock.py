"""What the clock does for managers."""

from placements.approvals.telling import due_for_digest, mail_digest
from portal.clock import due


@due
def tell_managers_what_waits(now):
    """The daily mail, from 8:00: at most one for each manager, and only if there is something to say."""
    for pk in due_for_digest(now).values_list("pk", flat=True):
        mail_digest(pk, now)
