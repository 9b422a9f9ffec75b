"""Conversations on the page of an employer."""

from django.core.paginator import Paginator

from employers.conversations.models import Conversation
from employers.panels import Panel, panel

PAGE = 50


@panel(40, "conversations", "Conversations")
def conversations(employer, request):
    """All of them, the newest first; what is to be done stands above. Three queries."""
    rows = Conversation.objects.filter(employer=employer).select_related("made_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    steps = rows.with_next_step().order_by("next_on", "pk")[:PAGE]
    return Panel("conversations/panel.html", {"page": page, "steps": steps})
