"""Useful links: students read them by topic, the placement office keeps the list."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.people.models import Role
from students.resources import keeping
from students.resources.forms import SAME, LinkForm
from students.resources.models import READERS, Link, Topic

REMOVED_SHOWN = 20
EVENTS = 50
STEPS = {"up": -1, "down": 1}


def links_of(request):
    """The links of the desk in use, removed ones too."""
    return Link.objects.visible_to(request.user).filter(provider=request.desk.provider_id)


def by_topic(links) -> list[tuple[str, str, list[Link]]]:
    """(topic, its name, its links) in the order of the topics; those without a link are left out."""
    found = {topic: [] for topic in Topic}
    for link in links:
        found[Topic(link.topic)].append(link)
    return [(topic.value, topic.label, rows) for topic, rows in found.items() if rows]


@role_required(*READERS)
def resource_list(request):
    """All links that are shown, by topic."""
    context = {"topics": by_topic(links_of(request).shown()), "may_change": request.desk.role == Role.COORDINATOR}
    return render(request, "resources/resource_list.html", context)


@role_required(Role.COORDINATOR)
def resource_keep(request):
    """The list as the placement office keeps it: hidden ones too, and what the last check said."""
    links = links_of(request)
    kept = list(links.kept())
    context = {
        "topics": by_topic(kept),
        "broken": [link for link in kept if link.trouble and link.is_shown],
        "checked_at": max((link.checked_at for link in kept if link.checked_at), default=None),
        "removed": links.exclude(removed_at=None).order_by("-removed_at")[:REMOVED_SHOWN],
    }
    return render(request, "resources/resource_keep.html", context)


@role_required(Role.COORDINATOR)
def resource_add(request):
    link = Link(provider=request.desk.provider, topic=request.GET.get("topic", ""))
    form = LinkForm(request.POST if request.method == "POST" else None, instance=link)
    if form.is_valid() and kept(request, form):
        messages.success(request, f"{form.instance} is on the list.")
        return redirect("resource_keep")
    return render(request, "resources/resource_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required(Role.COORDINATOR)
def resource_edit(request, pk):
    link = get_object_or_404(links_of(request).kept(), pk=pk)
    title = link.title
    form = LinkForm(request.POST if request.method == "POST" else None, instance=link)
    if form.is_valid() and kept(request, form):
        messages.success(request, f"{form.instance} has been saved.")
        return redirect("resource_keep")
    context = {"form": form, "link": link, "title": title, "events": Event.objects.about(link)[:EVENTS]}
    return render(request, "resources/resource_edit.html", context, status=422 if form.errors else 200)


def kept(request, form) -> bool:
    """Store what the form says; False where a colleague stored the same address at the same moment."""
    try:
        return form.stored_by(lambda: keeping.keep(form.instance, by=request.user))
    except IntegrityError:
        form.add_error("url", SAME)
        return False


@require_POST
@role_required(Role.COORDINATOR)
def resource_move(request, pk, way):
    """One place up or down within the topic."""
    link = get_object_or_404(links_of(request).kept(), pk=pk)
    if way not in STEPS:
        raise Http404
    keeping.move(link, STEPS[way])
    return redirect("resource_keep")


@require_POST
@role_required(Role.COORDINATOR)
def resource_hide(request, pk):
    """Hide it from students, or show it again where it was hidden."""
    link = get_object_or_404(links_of(request).kept(), pk=pk)
    is_shown = request.POST.get("do") == "show"
    keeping.show(link, is_shown, by=request.user)
    messages.success(
        request, f"Students {'see' if is_shown else 'do not see'} {link} {'again' if is_shown else 'now'}."
    )
    return redirect("resource_keep")


@require_POST
@role_required(Role.COORDINATOR)
def resource_remove(request, pk):
    link = get_object_or_404(links_of(request), pk=pk)
    keeping.remove(link, by=request.user)
    messages.success(request, f"{link} is off the list. You can put it back below.")
    return redirect("resource_keep")


@require_POST
@role_required(Role.COORDINATOR)
def resource_restore(request, pk):
    link = get_object_or_404(links_of(request), pk=pk)
    if keeping.put_back(link, by=request.user):
        messages.success(request, f"{link} is on the list again.")
    else:
        messages.warning(request, f"{link.url} stands in that topic again already.")
    return redirect("resource_keep")
