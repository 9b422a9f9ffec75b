"""The student's CV and cover letters."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.files.serving import file_response
from portal.history.models import Event, record
from portal.people.models import Role
from portal.workflow import Refused, SomebodyWasQuicker
from students.papers import keeping
from students.papers.forms import NoteForm, PaperForm, VersionForm
from students.papers.models import UNOPENED, Kind, Paper, Version
from students.papers.pages import count_pages
from students.whose import own_student


def own_paper(request, pk) -> Paper:
    own = Paper.objects.filter(student__user=request.user, student__provider=request.desk.provider_id)
    return get_object_or_404(own.select_related("student__tutor", "student__provider"), pk=pk)


def own_version(request, pk) -> Version:
    own = Version.objects.visible_to(request.user).filter(paper__student__user=request.user)
    return get_object_or_404(own.with_people(), pk=pk)


@role_required(Role.STUDENT)
def paper_list(request):
    """The CV and the cover letters, each with the version in use."""
    student = own_student(request)
    versions = Prefetch("versions", Version.objects.filter(withdrawn_at=None).with_people())
    papers = list(Paper.objects.filter(student=student).prefetch_related(versions))
    for paper in papers:
        paper.present = present_of(paper, paper.versions.all())
    context = {
        "student": student,
        "cv": next((paper for paper in papers if paper.kind == Kind.CV), None),
        "letters": [paper for paper in papers if paper.kind == Kind.LETTER],
    }
    return render(request, "papers/paper_list.html", context)


def present_of(paper: Paper, versions) -> Version | None:
    """The version in use, out of all `versions`, newest first."""
    versions = [version for version in versions if version.withdrawn_at is None]
    chosen = [version for version in versions if version.pk == paper.chosen_id]
    return (chosen or versions or [None])[0]


@role_required(Role.STUDENT)
def paper_detail(request, pk):
    """One paper with all its versions, the newest first."""
    paper = own_paper(request, pk)
    versions = list(paper.versions.with_people())
    paper.present = present_of(paper, versions)
    for version in versions:
        version.buttons = version.moves(request.user) if version.withdrawn_at is None else set()
    context = {
        "paper": paper,
        "versions": [version for version in versions if version.withdrawn_at is None],
        "withdrawn": [version for version in versions if version.withdrawn_at],
        "events": Event.objects.about(paper, *versions)[:50],
    }
    return render(request, "papers/paper_detail.html", context)


@role_required(Role.STUDENT)
def paper_add(request, kind):
    """The first version of the CV, or a new cover letter."""
    if kind not in Kind:
        raise Http404
    student = own_student(request)
    titled = PaperForm(request.POST or None, prefix="paper") if kind == Kind.LETTER else None
    form = VersionForm(request.POST or None, request.FILES or None, kind=kind)
    is_valid = form.is_valid() & (titled is None or titled.is_valid())

    def paper():
        return keeping.cv_of(student) if titled is None else keeping.add_letter(student, titled.cleaned_data["title"])

    if request.method == "POST" and is_valid and (made := uploaded(request, form, paper)):
        return redirect(made.paper)
    context = {"form": form, "titled": titled, "student": student, "label": Kind(kind).label}
    has_errors = form.errors or (titled and titled.errors)
    return render(request, "papers/paper_add.html", context, status=422 if has_errors else 200)


@role_required(Role.STUDENT)
def paper_version_add(request, pk):
    """A new version of a paper; the old ones are kept."""
    paper = own_paper(request, pk)
    form = VersionForm(request.POST or None, request.FILES or None, kind=paper.kind)
    if request.method == "POST" and form.is_valid() and uploaded(request, form, lambda: paper):
        return redirect(paper)
    context = {"form": form, "paper": paper, "student": paper.student}
    return render(request, "papers/paper_version_add.html", context, status=422 if form.errors else 200)


def uploaded(request, form: VersionForm, paper_of) -> Version | None:
    """Keep the upload of a valid form, all of it or nothing, and say so; None where it is refused (the form says)."""
    data = form.cleaned_data
    pages = count_pages(data["file"])
    try:
        with transaction.atomic():
            version = keeping.add_version(paper_of(), data["file"], pages=pages, note=data["note"], by=request.user)
            is_asked = data["wants_feedback"] and version.status == Version.Status.KEPT
            if is_asked:
                keeping.ask_for_feedback(own_version(request, version.pk), by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    says = f"Version {version.number} is kept, and is the one in use."
    if version.was_there:
        noted = " Your note on it is kept." if data["note"] else ""
        says = f"This is the same file as version {version.number}, so there is no new version.{noted}"
    elif version.is_unopened:
        says = f"Version {version.number} is kept."
    asked = f" {keeping.adviser_of(version.paper.student)} has a mail." if is_asked else ""
    messages.success(request, says + asked)
    if version.is_unopened and not version.was_there:
        stays = f" Version {version.paper.chosen.number} stays in use." if version.paper.chosen else ""
        messages.warning(request, f"{UNOPENED}{stays}")
    return version


@role_required(Role.STUDENT)
def paper_edit(request, pk):
    """Another name for a cover letter."""
    paper = own_paper(request, pk)
    if paper.kind != Kind.LETTER:
        raise Http404
    form = PaperForm(request.POST or None, instance=paper)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            record(paper, f"called it “{paper.title}”", by=request.user)
        messages.success(request, "Saved.")
        return redirect(paper)
    return render(request, "papers/paper_edit.html", {"form": form, "paper": paper}, status=422 if form.errors else 200)


@role_required(Role.STUDENT)
def paper_version_edit(request, pk):
    """Another note on a version."""
    version = own_version(request, pk)
    form = NoteForm(request.POST or None, instance=version)
    if form.is_valid():
        Version.objects.filter(pk=pk).update(note=form.cleaned_data["note"])
        messages.success(request, "Your note is saved.")
        return redirect(version.paper)
    context = {"form": form, "version": version, "paper": version.paper}
    return render(request, "papers/paper_version_edit.html", context, status=422 if form.errors else 200)


@role_required(Role.STUDENT, Role.TUTOR, Role.COORDINATOR)
def paper_version_file(request, pk):
    """The file, for the student and for staff who were asked."""
    rows = Version.objects.visible_to(request.user).select_related("file")
    return file_response(get_object_or_404(rows, pk=pk).file)


def act(request, pk, do, says: str):
    """Do something with an own version and go back to its paper. `says` may hold {adviser}."""
    version = own_version(request, pk)
    try:
        do(version, by=request.user)
        messages.success(request, says.format(adviser=keeping.adviser_of(version.paper.student)))
    except Refused as refused:
        messages.error(request, str(refused))
    except SomebodyWasQuicker:
        messages.warning(request, "This has changed since you opened the page. Below is how it stands now.")
    return redirect(version.paper)


@require_POST
@role_required(Role.STUDENT)
def paper_version_ask(request, pk):
    """Ask the tutor for feedback."""
    return act(request, pk, keeping.ask_for_feedback, "{adviser} sees it now and has a mail.")


@require_POST
@role_required(Role.STUDENT)
def paper_version_take_back(request, pk):
    """No feedback wanted for now."""
    return act(request, pk, Version.take_back, "Only you see it now.")


@require_POST
@role_required(Role.STUDENT)
def paper_version_use(request, pk):
    """Use this one."""
    return act(request, pk, keeping.choose, "This is the version in use now.")


@require_POST
@role_required(Role.STUDENT)
def paper_version_withdraw(request, pk):
    """Take it out of sight."""
    return act(request, pk, keeping.withdraw, "Withdrawn. You can put it back for a week.")


@require_POST
@role_required(Role.STUDENT)
def paper_version_restore(request, pk):
    """Put it back."""
    return act(request, pk, keeping.restore, "It is back.")
