"""Registers the pages behind the mailed links (portal.asks looks for this file)."""

from placements.arrangements.views.briefing import briefing_by_link, first_day_by_link

__all__ = ["briefing_by_link", "first_day_by_link"]
