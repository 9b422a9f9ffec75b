"""The access table of what students take along (see tests/house/test_access.py)."""

ROWS = {"portfolio": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403")}
