"""The access table of the students rooms (see tests/house/test_access.py)."""

THINGS = {}

ROWS = {}
