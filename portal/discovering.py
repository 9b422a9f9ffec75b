"""Rooms are found by the names of their small files: showing.py, starting.py, clock.py ..."""

from functools import cache

from django.utils.module_loading import autodiscover_modules


@cache
def discover(name: str):
    """Import the module `name` of every room that has one. Looked for once in a process: it takes a millisecond."""
    autodiscover_modules(name)
