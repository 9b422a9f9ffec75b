"""The access table of the ground floor (see tests/house/test_access.py)."""

THINGS = {}

ROWS = {
    "home": ("", "in | 302 302 302 302 | 302 302 302 | 302 302 302 302"),
    "health": ("", "200 | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "desk_switch": ("", "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
}
