"""{% load hours_that_count %}: what of a week does not count, wherever a week is shown."""

from django import template

from placements.hours.not_counted import not_counted

register = template.Library()


@register.inclusion_tag("hours/not_counted.html")
def does_not_count(timesheet) -> dict:
    """A paragraph that says so, or nothing: {% does_not_count week %}. The week's people come with `hours`."""
    return {"week": timesheet, "reasons": not_counted(timesheet)}
