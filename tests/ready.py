"""A placement with everything that it needs before it can start. Rooms that ask for more add it here."""


def make_ready(placement, *, by):
    """Settle all that `placement.missing_before_start()` names beyond manager, pattern and tutor; `by` is the tutor."""
    assert placement.missing_before_start() == []
