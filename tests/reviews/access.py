"""The access table of the reviews rooms (see tests/house/test_access.py)."""

THINGS = {}

ROWS = {}
