"""Links that fit a page: {% load resources %}{% fitting_links "cv" desk.provider_id %}."""

from django import template
from django.utils.text import slugify

from students.resources.models import Link

register = template.Library()
AT_MOST = 4  # beside something else; the page of all links has the others


@register.inclusion_tag("resources/fitting.html")
def fitting_links(topics: str, provider: int, title: str = "Links that help"):
    """A card with a provider's links on `topics` (one, or several with commas); nothing without any. One query."""
    links = Link.objects.shown().filter(provider=provider, topic__in=topics.split(","))
    return {"links": list(links[:AT_MOST]), "title": title, "id": slugify(f"links {topics}")}
