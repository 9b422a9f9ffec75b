"""The pages of imports, for coordinators: template, upload, preview, apply or discard, and what was imported before."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.imports import tasks
from portal.imports.filters import RowFilter
from portal.imports.forms import UploadForm
from portal.imports.importer import IMPORTERS
from portal.imports.models import Import
from portal.imports.reading import REASON_TITLE, ROW_TITLE
from portal.imports.rows import State, reasons
from portal.imports.uploads import limited_upload
from portal.people.models import Role
from portal.posted import seen_in
from portal.tables import csv_response
from portal.workflow import Refused, SomebodyWasQuicker

PAGE = 50


def importer_or_404(kind: str):
    if kind not in IMPORTERS:
        raise Http404
    return IMPORTERS[kind]


def import_or_404(request, pk) -> Import:
    imports = Import.objects.visible_to(request.user).select_related("provider", "by", "applied_by")
    return get_object_or_404(imports, pk=pk)


@role_required(Role.COORDINATOR)
def import_list(request):
    imports = Import.objects.visible_to(request.user).filter(provider=request.desk.provider_id).select_related("by")
    context = {
        "importers": sorted(IMPORTERS.values(), key=lambda importer: importer.order),
        "page": Paginator(imports, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "imports/import_list.html", context)


@limited_upload
@role_required(Role.COORDINATOR)
def import_new(request, kind):
    """How to make the file, and where to upload it."""
    importer = importer_or_404(kind)
    form = UploadForm(importer=importer)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, importer=importer, too_large=request.upload_too_large)
        if form.is_valid():
            name = form.cleaned_data["file"].name
            with transaction.atomic():
                made = Import.start(request.desk.provider, kind, name, form.content, by=request.user)
                tasks.read.enqueue(made.pk)
            return redirect("import_detail", made.pk)
    context = {"importer": importer, "columns": importer.columns.values(), "form": form}
    return render(request, "imports/import_new.html", context, status=422 if form.is_bound else 200)


@role_required(Role.COORDINATOR)
def import_template(request, kind):
    columns = importer_or_404(kind).columns.values()
    return csv_response(f"{kind}.csv", [c.title for c in columns], [[c.example for c in columns]])


@role_required(Role.COORDINATOR)
def import_detail(request, pk):
    made = import_or_404(request, pk)
    return render(request, "imports/import_detail.html", shown(request, made))


@role_required(Role.COORDINATOR)
def import_progress(request, pk):
    """The same without its frame, for the script of the page that waits."""
    made = import_or_404(request, pk)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect("import_detail", pk)
    return render(request, "imports/import_body.html", shown(request, made))


def shown(request, made: Import) -> dict:
    """What the page of an import shows: how it stands, and the rows asked for; by itself the wrong ones, if any."""
    asked = request.GET if "state" in request.GET or not made.wrong else {"state": State.WRONG} | request.GET.dict()
    found = RowFilter(asked, made.preview.all())
    return {
        "import": made,
        "importer": IMPORTERS[made.kind],
        "filter": found,
        "page": None if made.is_working else Paginator(found.qs, PAGE).get_page(request.GET.get("page")),
        "why_not": made.why_not_apply(),
        "events": [] if made.is_working else Event.objects.about(made),
    }


@role_required(Role.COORDINATOR)
def import_wrong(request, pk):
    """The wrong rows as a file: their number, what is wrong, and the cells as they came."""
    made = import_or_404(request, pk)
    rows = made.preview.filter(state=State.WRONG).values_list("number", "details", "cells")
    lines = ([number, reasons(details), *cells] for number, details, cells in rows.iterator())
    return csv_response(f"wrong rows of {made.file_name}", [ROW_TITLE, REASON_TITLE, *made.titles], lines)


@require_POST
@role_required(Role.COORDINATOR)
def import_read(request, pk):
    """Compare the file afresh."""
    return act(request, pk, Import.read_again, then=tasks.read, was_done=said_of_second_reading)


def said_of_second_reading(made: Import, user) -> str:
    """What somebody is told who has a file read that is being read, whoever asked for it; '' where it is not."""
    return "The file is being read again already." if made.status == Import.Status.READING else ""


@require_POST
@role_required(Role.COORDINATOR)
def import_apply(request, pk):
    return act(request, pk, Import.apply, then=tasks.apply, was_done=said_of_second_press)


def said_of_second_press(made: Import, user) -> str:
    """What somebody is told who presses Apply again, as a sentence; '' where it was not they who pressed it."""
    if made.applied_by_id != user.pk:
        return ""
    if made.status == Import.Status.APPLIED:
        return "This import has been applied already."
    return "You have pressed Apply already: the file is being applied." if made.is_working else ""


@require_POST
@role_required(Role.COORDINATOR)
def import_discard(request, pk):
    return act(request, pk, Import.discard, to="import_list")


def act(request, pk, verb, then=None, to="import_detail", was_done=None):
    """Do a verb of an import, and hand what follows to a worker.

    `was_done(import, user)` says what is told where there is nothing left to do for them, or '' where there is.
    """
    made = import_or_404(request, pk)
    try:
        with transaction.atomic():
            verb(made, by=request.user, seen=seen_in(request.POST))
            if then:
                then.enqueue(made.pk)
    except (Refused, SomebodyWasQuicker) as refused:
        told = was_done(import_or_404(request, pk), request.user) if was_done else ""
        messages.add_message(request, messages.INFO if told else messages.ERROR, told or str(refused))
        return redirect("import_detail", pk)
    if to == "import_list":
        messages.success(request, f"{made.file_name} has been discarded. Nothing was changed.")
        return redirect("import_list")
    return redirect("import_detail", pk)


@require_POST
@role_required(Role.COORDINATOR)
def import_invite(request, pk):
    """Invite the people whom the file has brought: a step of its own, once."""
    made = import_or_404(request, pk)
    if made.invite(by=request.user):
        tasks.invite_people.enqueue(made.pk, request.user.pk)
        messages.success(request, "The invitations are on their way.")
    else:
        messages.error(request, "These people have been invited already.")
    return redirect("import_detail", pk)
