"""Reading the logbook: the list, one placement's, an entry, its files, its earlier wordings."""

from django.shortcuts import get_object_or_404, render

from placements.logbook.filters import EntryFilter
from placements.logbook.forms import PrintForm
from placements.logbook.goal_lines import current_lines, with_figures
from placements.logbook.models import Entry, EntryFile, Wording
from placements.logbook.reading import PAGE, entry_context, entry_for, page_of
from placements.whose import placement_or_404
from portal.access import role_required
from portal.files.serving import file_response
from portal.history.models import Event
from portal.people.models import Role


@role_required(*Role.values)
def logbook_list(request):
    """All entries that the reader may see at their desk, newest first: a line manager's holds several colleges."""
    at_desk = {"placement__provider": request.desk.provider_id}
    if request.desk.role == Role.MANAGER:
        at_desk = {"placement__manager": request.user}
    rows = Entry.objects.visible_to(request.user).filter(**at_desk)
    own = request.desk.role == Role.STUDENT
    if own:
        rows = rows.filter(placement__student__user=request.user)
    return render(request, "logbook/logbook_list.html", listed(request, rows, own))


def logbook_placement(request, pk):
    """The logbook of one placement: its goals, how far each is, and the entries."""
    placement = placement_or_404(request, pk)
    goals = current_lines(with_figures(placement, request.user))
    entries = Entry.objects.visible_to(request.user).filter(placement=placement)
    own = placement.student.user_id == request.user.pk
    context = {"placement": placement, "goals": goals, "print_form": PrintForm(auto_id="id_pdf_%s")}
    return render(request, "logbook/logbook_placement.html", context | listed(request, entries, own, goals))


def listed(request, rows, own: bool, goals=None) -> dict:
    """A page of entries as the filters in the address want them; `own`: they are the reader's."""
    found = EntryFilter(request.GET, rows, user=request.user, own=own, goals=goals)
    page = page_of(found.qs, request.GET.get("page"))
    return {"filter": found, "page": page, "own": own}


def logbook_entry(request, pk):
    """One entry: what it says, its files, what others wrote about it; acts for its student."""
    entry = entry_for(request.user, pk)
    return render(request, "logbook/logbook_entry.html", entry_context(entry, request.user))


def logbook_file(request, pk):
    """A file of an entry, for whoever may see the entry."""
    rows = EntryFile.objects.visible_to(request.user).select_related("file")
    return file_response(get_object_or_404(rows, pk=pk).file)


def logbook_history(request, pk):
    """What an entry said before, and what was done to it: for its student, the tutor and coordinators."""
    rows = Entry.objects.visible_to(request.user).with_people().exclude(placement__manager=request.user)
    entry = get_object_or_404(rows, pk=pk)
    wordings = Wording.objects.visible_to(request.user).filter(entry=entry)
    context = {"entry": entry, "wordings": wordings, "events": Event.objects.about(entry)[:PAGE]}
    return render(request, "logbook/logbook_history.html", context)
