"""What placements show on other pages: those at an employer, on its page."""

from django.core.paginator import Paginator

from employers.panels import Panel, panel
from placements.models import Placement

PAGE = 50


@panel(30, "placements", "Placements")
def placements_at(employer, request):
    """All placements at the employer that the reader may see, the latest first. Two queries."""
    rows = Placement.objects.visible_to(request.user).filter(employer=employer).with_people()
    page = Paginator(rows.order_by("-first_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    return Panel("placements/employer_placements.html", {"page": page})
