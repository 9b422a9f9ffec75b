"""The placement that a page is about, as far as whoever opens it stands to it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from placements.models import Placement
from portal.people.models import Role


def placement_or_404(request, pk: int, *relations: str, also: tuple[str, ...] = ()) -> Placement:
    """The placement with its people, if the reader may see it; where relations are named, only for one of those.

    `also`: what is read with it in the same query.
    """
    rows = Placement.objects.visible_to(request.user).with_people()
    placement = get_object_or_404(rows.select_related(*also) if also else rows, pk=pk)
    if relations and not placement.relations(request.user) & set(relations):
        raise Http404
    return placement


def placement_to_handle(request, pk: int) -> Placement:
    """The placement, for its own tutor or placement office: to be its line manager as well is not enough."""
    return placement_or_404(request, pk, Role.TUTOR, Role.COORDINATOR)
