"""A provider's own points of the induction, for its coordinators."""

from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.checklists.forms import PointForm
from placements.checklists.keeping import add_point, change_point, restore_point, retire_point, wordings_of
from placements.checklists.models import Checklist, Point
from portal.access import role_required
from portal.history.models import Event
from portal.people.models import Role
from portal.posted import posted
from portal.workflow import Refused, SomebodyWasQuicker

PAGE = 50


def own_points(request):
    """The provider's own points, retired ones included."""
    rows = Point.objects.visible_to(request.user).filter(provider=request.desk.provider_id, list=Checklist.INDUCTION)
    return rows.select_related("tlevel", "employer")


@role_required(Role.COORDINATOR)
def point_list(request):
    """The points of the induction: those of the portal, the provider's own, and those that were taken off the list."""
    is_retired = request.GET.get("show") == "retired"
    own = own_points(request)
    if is_retired:
        newer = Point.objects.filter(
            list=OuterRef("list"), provider=OuterRef("provider"), number=OuterRef("number"), pk__gt=OuterRef("pk")
        )
        own = own.exclude(retired_at=None).exclude(Exists(newer)).order_by("-retired_at")
    else:
        own = own.filter(retired_at=None)
    context = {
        "page": Paginator(own, PAGE).get_page(request.GET.get("page")),
        "shipped": [] if is_retired else Point.objects.current().filter(provider=None, list=Checklist.INDUCTION),
        "is_retired": is_retired,
    }
    return render(request, "checklists/point_list.html", context)


@role_required(Role.COORDINATOR)
def point_add(request):
    form = PointForm(request.POST or None, provider=request.desk.provider)
    if form.is_valid():
        add_point(form.instance, provider=request.desk.provider, by=request.user)
        messages.success(request, "The point is on the list. Inductions that are not handed over yet have it, too.")
        return redirect("point_list")
    return render(request, "checklists/point_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required(Role.COORDINATOR)
def point_edit(request, pk):
    """Change a point. What was answered keeps the wording that it was answered to."""
    point = point_now(request, pk)
    form = PointForm(posted(request), provider=request.desk.provider, instance=copy(point))
    if form.is_valid() and changed(form, point, by=request.user):
        messages.success(request, "The point has been saved. Answers given so far keep the old wording.")
        return redirect("point_list")
    wordings = wordings_of(point)
    context = {"form": form, "point": point, "wordings": wordings, "events": Event.objects.about(*wordings)[:PAGE]}
    return render(request, "checklists/point_edit.html", context, status=422 if form.errors else 200)


def point_now(request, pk) -> Point:
    """The point in the wording that holds now. One that was taken off is not there to be read; words that somebody
    sends for it come back on its page."""
    named = get_object_or_404(own_points(request), pk=pk)
    point = own_points(request).current().filter(number=named.number).first() or named
    if point.retired_at and request.method != "POST":
        raise Http404
    return point


def changed(form: PointForm, point: Point, *, by) -> bool:
    """Put the changed point in its place; False where somebody was quicker."""
    if point.retired_at:
        form.add_error(None, "Somebody took this point off meanwhile. Put it back on the list, then save again.")
        return False
    return form.stored_by(lambda: change_point(point, form.instance, by=by))


@require_POST
@role_required(Role.COORDINATOR)
def point_retire(request, pk):
    """Take a point off the list."""
    point = get_object_or_404(own_points(request), pk=pk)
    try:
        retire_point(point, by=request.user)
        messages.success(request, "The point is off the list. You find it among those taken off, and can put it back.")
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect("point_list")


@require_POST
@role_required(Role.COORDINATOR)
def point_restore(request, pk):
    """Put a point back on the list."""
    point = get_object_or_404(own_points(request), pk=pk)
    try:
        restore_point(point, by=request.user)
        messages.success(request, "The point is back on the list.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("point_list")
