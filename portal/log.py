"""What the log holds: no secret of a link, nobody's address, and a traceback only where the portal is at fault."""

import logging
import re
from copy import copy

# What comes before the secret in the addresses that have one. A test asks all addresses with a token or key.
SECRET = re.compile(
    r"(/[aq]/[0-9a-f-]{8,}/|/welcome/|/verify/|/password/reset/key/|/meetings/\d+/calendar/)[^/\s]+", re.IGNORECASE
)
# Mail servers say whom they did not take; in a path the sign in the middle may be quoted.
ADDRESS = re.compile(r"\w[\w.!#$&'*+=?^`{|}~-]{0,63}(@|%40)[\w.-]+", re.IGNORECASE)


class Line(logging.Formatter):
    """One line for each thing; Django logs the path of whatever it refuses, and of a 403 where it was raised."""

    def format(self, record):
        if 400 <= getattr(record, "status_code", 0) < 500:
            record = copy(record)
            record.exc_info = record.exc_text = None
        return ADDRESS.sub("...", SECRET.sub(r"\1...", super().format(record)))
