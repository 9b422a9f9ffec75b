"""The access table of the employers rooms (see tests/house/test_access.py)."""

THINGS = {}

ROWS = {}
