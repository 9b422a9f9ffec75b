"""What the placement office sends out: looked over line by line, made into files, and what was made before."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.files.serving import file_response
from portal.history.models import Event, looked, looked_at_each, looks_at
from portal.people.models import Role
from portal.words import local
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.returns.changes import changes_since
from reviews.returns.filters import ReturnFilter
from reviews.returns.kinds import KINDS, Kind
from reviews.returns.lines import digest_of, without_faults
from reviews.returns.making import make
from reviews.returns.models import Return, ReturnFile
from reviews.signoff.models import SpecialConsideration
from students.models import Student

PAGE = 50
MEANWHILE = "Something has changed since you opened the page. Look over the rows again; no file was made."


@role_required(Role.COORDINATOR)
def return_list(request):
    """What can be sent, and all that was made before."""
    made = Return.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    page = Paginator(made.select_related("made_by", "tlevel"), PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.title = KINDS[one.kind].title
    return render(request, "returns/return_list.html", {"page": page, "kinds": KINDS.values()})


@role_required(Role.COORDINATOR)
def return_preview(request, kind):
    """The lines of whoever is chosen: what would be sent, why, and what is wrong. Looks at reasons are noted."""
    kind = kind_or_404(kind)
    chosen = ReturnFilter(request.GET, kind.usual)
    students = Student.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    lines = kind.lines(chosen.choice.of(students))
    good = without_faults(lines)
    page = Paginator(chosen.shown(lines), PAGE).get_page(request.GET.get("page"))
    note_looks(page.object_list, by=request.user)
    page.object_list = kind.shown(page.object_list)
    made = Return.objects.visible_to(request.user).filter(provider=request.desk.provider_id, kind=kind.name)
    same = made.filter(years=chosen.choice.years, tlevel=chosen.choice.tlevel)
    context = {
        "kind": kind,
        "filter": chosen,
        "choice": chosen.choice,
        "page": page,
        "lines": len(lines),
        "good": len(good),
        "tally": kind.tally(good),
        "left_out": len(lines) - len(good),
        "noted": sum(1 for line in lines if line.notes),
        "digest": digest_of(good),
        "last": same.select_related("made_by").first(),
    }
    return render(request, "returns/return_preview.html", context)


def kind_or_404(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def note_looks(lines, *, by):
    """Reasons of special consideration may tell of somebody's health: whoever is shown them is noted with it."""
    if keys := [key for line in lines if (key := getattr(line, "consideration", None))]:
        looked_at_each(SpecialConsideration, keys, by=by)


@require_POST
@role_required(Role.COORDINATOR)
def return_make(request, kind):
    """Make the files of what the page showed."""
    kind = kind_or_404(kind)
    choice, seen = ReturnFilter(request.POST, kind.usual).choice, request.POST.get("seen", "")
    try:
        made, is_new = make(kind, choice, request.desk.provider_id, seen=seen, by=request.user)
    except SomebodyWasQuicker:
        messages.warning(request, MEANWHILE)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        already = f"Nothing has changed since this return was made at {local(made.made_at):%H:%M} today."
        messages.success(request, f"The return is made: {made.size}." if is_new else already)
        return redirect("return_detail", made.pk)
    return redirect(reverse("return_preview", args=[kind.name]) + choice.address)


def own_return_or_404(request, pk) -> Return:
    made = Return.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return get_object_or_404(made.select_related("made_by", "tlevel"), pk=pk)


@role_required(Role.COORDINATOR)
def return_detail(request, pk):
    """One return as it was made, with its files, who read them, and what is different by now."""
    made = own_return_or_404(request, pk)
    page = changes_of(request, made) if KINDS[made.kind].differs else None
    context = {
        "page": page,
        "made": made,
        "kind": KINDS[made.kind],
        "files": made.files.select_related("file"),
        "events": Event.objects.about(made),
        "looks": looks_at(made)[:PAGE],
    }
    return render(request, "returns/return_detail.html", context)


def changes_of(request, made: Return):
    """A page of what is different by now: rows of (student or None, ULN, what was sent, what is so now)."""
    students = Student.objects.visible_to(request.user).filter(provider=made.provider_id)
    page = Paginator(changes_since(made, students), PAGE).get_page(request.GET.get("page"))
    changes = page.object_list
    note_looks([change.line for change in changes if change.line], by=request.user)
    if any(change.sent and change.sent[-1] for change in changes):
        looked(made, by=request.user)
    known = students.select_related("user").in_bulk([change.student for change in changes if change.student])
    page.object_list = [
        (student := known.get(change.student), change.uln, change.was, change.now(student)) for change in changes
    ]
    return page


@role_required(Role.COORDINATOR)
def return_left_out(request, pk):
    """Whose rows were left out of a return, and why, as it was then."""
    made = own_return_or_404(request, pk)
    rows = made.rows.exclude(wrong="").select_related("student__user")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "returns/return_left_out.html", {"made": made, "kind": KINDS[made.kind], "page": page})


@role_required(Role.COORDINATOR)
def return_file(request, pk):
    """A file as it was made. Each download is noted."""
    rows = ReturnFile.objects.visible_to(request.user).filter(part_of__provider=request.desk.provider_id)
    found = get_object_or_404(rows.select_related("file", "part_of"), pk=pk)
    looked(found.part_of, by=request.user)
    return file_response(found.file)
