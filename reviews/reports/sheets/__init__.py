"""All kinds of reports about a student, by what they are about."""

from reviews.reports.sheets import certificate, hours, placement, reviewing

__all__ = ["certificate", "hours", "placement", "reviewing"]
