"""Checks of employers: their kinds, what was checked, and what employers are asked to send."""

from employers.checks.models.check import LAPSING_DAYS, Check
from employers.checks.models.kind import CheckKind, Needed, Scope
from employers.checks.models.request import CheckItem, CheckRequest

__all__ = ["LAPSING_DAYS", "Check", "CheckItem", "CheckKind", "CheckRequest", "Needed", "Scope"]
