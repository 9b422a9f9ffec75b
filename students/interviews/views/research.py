"""Research sheets on organisations: the student's own, and the tutor's to read once they are shared."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.form_merged import one_save_at_a_time
from portal.history.models import Event
from portal.people.models import Role
from portal.posted import is_quiet
from portal.workflow import Refused, SomebodyWasQuicker
from students.interviews.arranged import arranged_for
from students.interviews.forms import NewSheetForm, SheetForm
from students.interviews.models import Sheet
from students.interviews.views.interviews import own_student
from students.models import Student
from students.whose import tutored_student

PAGE, MOST = 50, 50


def own_sheets(request):
    rows = Sheet.objects.visible_to(request.user).filter(student__user=request.user)
    return rows.filter(student__provider=request.desk.provider_id).select_related("student")


@role_required(Role.STUDENT)
def research_list(request):
    """All sheets, the last changed first."""
    page = Paginator(own_sheets(request).kept(), PAGE).get_page(request.GET.get("page"))
    removed = list(own_sheets(request).exclude(removed_at=None)[:PAGE])
    return render(request, "interviews/research_list.html", {"page": page, "removed": removed})


@role_required(Role.STUDENT)
def research_add(request):
    """A new sheet: by the name of the organisation, or `?interview=` for that of an interview."""
    student = own_student(request)
    wanted = request.GET.get("interview", "")
    interview = next((one for one in arranged_for(student) if str(one.key) == wanted), None) if wanted else None
    form = NewSheetForm(request.POST or None, initial={"name": interview.employer if interview else ""})
    if form.is_valid() and (sheet := begun(student, form, interview)):
        return redirect("research_edit", sheet.pk)
    return render(request, "interviews/research_add.html", {"form": form}, status=422 if form.errors else 200)


def begun(student: Student, form: NewSheetForm, interview) -> Sheet | None:
    """A new sheet, or the one that was begun a moment ago; None where there are too many (the form says so)."""
    name = form.cleaned_data["name"]
    kept = list(Sheet.objects.kept().filter(student=student))
    for sheet in kept:
        if sheet.name.casefold() == name.casefold() and not sheet.filled:
            return sheet
    if len(kept) >= MOST:
        form.add_error(None, f"You have {MOST} sheets. Remove one that you need no more.")
        return None
    employer = interview.employer_id if interview and interview.employer.casefold() == name.casefold() else None
    return Sheet.objects.create(student=student, name=name, employer_id=employer)


@role_required(Role.STUDENT)
@one_save_at_a_time
def research_edit(request, pk):
    """Fill in a sheet; a small script saves it as one writes."""
    sheet = get_object_or_404(own_sheets(request).kept(), pk=pk)
    form = SheetForm(request.POST or None, instance=sheet, initial={"reach": sheet.reach})
    if request.method == "POST":
        is_valid = form.is_valid()
        if written := form.changes:
            own_sheets(request).filter(pk=pk).update(**written, changed_at=timezone.now(), version=F("version") + 1)
        if is_quiet(request):
            return form.told_quietly()
        if is_valid:
            messages.success(request, "Saved.")
            return redirect("research_detail", pk)
    context = {"form": form, "sheet": sheet}
    return render(request, "interviews/research_edit.html", context, status=422 if form.errors else 200)


@role_required(Role.STUDENT, Role.TUTOR)
def research_detail(request, pk):
    """A sheet to read, for the student and, once shared, for the tutor."""
    rows = Sheet.objects.visible_to(request.user).kept().select_related("student__user")
    sheet = get_object_or_404(rows, pk=pk)
    is_own = sheet.student.user_id == request.user.pk
    context = {
        "sheet": sheet,
        "is_own": is_own,
        "moves": sheet.moves(request.user) if is_own else set(),
        "events": Event.objects.about(sheet)[:20] if is_own else [],
    }
    return render(request, "interviews/research_detail.html", context)


def act(request, pk, verb: str, says: str):
    """One of the verbs of a sheet; a second press finds it done."""
    sheet = get_object_or_404(own_sheets(request).kept(), pk=pk)
    try:
        with transaction.atomic():
            getattr(sheet, verb)(by=request.user)
        messages.success(request, says)
    except Refused as refused:
        messages.error(request, str(refused))
    except SomebodyWasQuicker:
        pass
    return redirect("research_detail", pk)


@require_POST
@role_required(Role.STUDENT)
def research_share(request, pk):
    return act(request, pk, "share", "Your tutor can read it now, and what you add later.")


@require_POST
@role_required(Role.STUDENT)
def research_take_back(request, pk):
    return act(request, pk, "take_back", "Only you see it now.")


@require_POST
@role_required(Role.STUDENT)
def research_remove(request, pk):
    get_object_or_404(own_sheets(request), pk=pk).remove()
    messages.success(request, "Removed. You can put it back for a week.")
    return redirect("research_list")


@require_POST
@role_required(Role.STUDENT)
def research_restore(request, pk):
    get_object_or_404(own_sheets(request), pk=pk).restore()
    messages.success(request, "It is back.")
    return redirect("research_list")


@role_required(Role.TUTOR)
def student_research(request, pk):
    """What a student shared of their research, for the tutor."""
    student = tutored_student(request, pk)
    rows = Sheet.objects.visible_to(request.user).filter(student=student, status=Sheet.Status.SHARED).kept()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "interviews/student_research.html", {"student": student, "page": page})
