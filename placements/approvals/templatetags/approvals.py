"""{% load approvals %}: where the forms of a manager's screen go."""

from django import template

register = template.Library()


@register.simple_tag
def act_url(entrance, act: str, *args) -> str:
    """The address of an act at the entrance in use: {% act_url entrance "week_approve" week.pk %}."""
    return entrance.url(act, *args)
