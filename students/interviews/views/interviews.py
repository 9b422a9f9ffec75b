"""Getting ready for interviews: the overview, the private worksheet, the pack to take along."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.form_merged import one_save_at_a_time
from portal.pdf import logo_uri, pdf_response
from portal.people.models import Role
from portal.posted import is_quiet
from students.interviews.arranged import Arranged, arranged_for
from students.interviews.forms import WorksheetForm
from students.interviews.lines import PROMPT, TIP
from students.interviews.models import Line, Question, Sheet, Thought
from students.models import Student
from students.steps import Step, step_or_404
from students.whose import own_record

SHOWN = 5


def own_student(request) -> Student:
    """The record of the signed-in student, with the number of their questions."""
    questions = Question.objects.kept().filter(student=OuterRef("pk")).order_by().values("student")
    number = Coalesce(Subquery(questions.annotate(number=Count("pk")).values("number")), 0)
    return get_object_or_404(own_record(request).annotate(number_of_questions=number))


def grouped(kind: str, lines=None) -> list[tuple[str, list[Line]]]:
    """The lines of a kind as they hold now, group by group. One query, or none for `lines` read already."""
    found = {}
    for line in lines if lines is not None else Line.objects.filter(kind=kind, retired_at=None):
        if line.kind == kind:
            found.setdefault(line.group, []).append(line)
    return list(found.items())


def thoughts_of(request, student: Student) -> dict[str, Thought]:
    return {row.code: row for row in Thought.objects.visible_to(request.user).filter(student=student)}


@role_required(Role.STUDENT)
def interview_overview(request):
    """All there is to get ready with."""
    student = own_student(request)
    interviews = arranged_for(student)
    sheets = list(Sheet.objects.visible_to(request.user).kept().filter(student=student)[:50])
    lines = list(Line.objects.filter(kind__in=[PROMPT, TIP], retired_at=None))
    written = set(Thought.objects.visible_to(request.user).filter(student=student).values_list("code", flat=True))
    steps = [
        (number, title, sum(1 for line in group if line.code in written), len(group))
        for number, (title, group) in enumerate(grouped(PROMPT, lines), 1)
    ]
    context = {
        "student": student,
        "ahead": [(one, sheet_for(one, sheets)) for one in interviews if not one.is_over],
        "over": [one for one in interviews if one.is_over][:SHOWN],
        "sheets": sheets[:SHOWN],
        "steps": steps,
        "written": len(written),
        "tips": grouped(TIP, lines),
    }
    return render(request, "interviews/interview_overview.html", context)


def sheet_for(interview: Arranged, sheets: list[Sheet]) -> Sheet | None:
    """The research on the organisation of an interview: by the employer, else by its name."""
    known = [sheet for sheet in sheets if sheet.employer_id == interview.employer_id]
    named = [sheet for sheet in sheets if sheet.name.casefold() == interview.employer.casefold()]
    return (known or named or [None])[0]


# --- The worksheet --------------------------------------------------------------------------------------------------


@role_required(Role.STUDENT)
def worksheet_detail(request):
    """All thoughts on one page, to read through."""
    student = own_student(request)
    thoughts = thoughts_of(request, student)
    groups = with_thoughts(thoughts)
    context = {"groups": groups, "earlier": earlier(groups, thoughts), "written": len(thoughts)}
    return render(request, "interviews/worksheet_detail.html", context)


def with_thoughts(thoughts: dict[str, Thought]) -> list:
    """(group, [(prompt, thought or None)]) for all prompts that hold now."""
    return [(title, [(line, thoughts.get(line.code)) for line in lines]) for title, lines in grouped(PROMPT)]


def earlier(groups, thoughts: dict[str, Thought]) -> list[Thought]:
    """Thoughts on prompts that are not asked any more."""
    asked = {line.code for _, lines in groups for line, _ in lines}
    return [thought for code, thought in thoughts.items() if code not in asked]


@role_required(Role.STUDENT)
@one_save_at_a_time
def worksheet_edit(request, number):
    """One group on a screen; saved when one goes on, and by a small script as one writes."""
    student, step = own_student(request), step_or_404(grouped(PROMPT), number)
    sent = request.POST if request.method == "POST" else None
    form = WorksheetForm(step.questions, thoughts_of(request, student), sent)
    if request.method == "POST":
        is_valid = form.is_valid()
        form.save(student)
        if is_quiet(request):
            return form.told_quietly()
        if is_valid:
            return gone_on(request, step)
    context = {"form": form, "step": step}
    return render(request, "interviews/worksheet_edit.html", context, status=422 if form.errors else 200)


def gone_on(request, step: Step):
    """Where 'Save and go on' leads: the next group, then all of it."""
    if number := step.after(request.POST.get("do")):
        return redirect("worksheet_edit", number)
    messages.success(request, "Saved. Only you can read it.")
    return redirect("worksheet_detail")


@require_POST
@role_required(Role.STUDENT)
def worksheet_clear(request):
    """Throw all of it away."""
    Thought.objects.visible_to(request.user).filter(student=own_student(request)).delete()
    messages.success(request, "Your worksheet is empty again.")
    return redirect("worksheet_detail")


# --- The pack -------------------------------------------------------------------------------------------------------


def pack_of(request) -> dict:
    """What goes into the pack: `?interview=` and `?sheet=` choose; else the next interview and the sheet that fits it.

    Without an interview ahead it is the sheet of the employer where the student is or goes, else the one changed last.
    """
    student = own_student(request)
    ahead = [one for one in arranged_for(student) if not one.is_over]
    here = Q(employer=OuterRef("employer")) | Q(employer__name__iexact=OuterRef("name"))
    sheets = Sheet.objects.visible_to(request.user).kept().filter(student=student)
    sheets = list(sheets.annotate(is_of_host=Exists(student.placements.exclude(status="ended").filter(here)))[:50])
    asked, wanted = request.GET.get("interview", ""), request.GET.get("sheet", "")
    sheet = next((one for one in sheets if str(one.pk) == wanted), None)
    fitting = [one for one in ahead if str(one.key) == asked] or ([] if sheet else ahead)
    interview = fitting[0] if fitting else None
    if sheet is None:
        sheet = (
            sheet_for(interview, sheets)
            if interview
            else next((one for one in sheets if one.is_of_host), (sheets or [None])[0])
        )
    return {
        "student": student,
        "interview": interview,
        "sheet": sheet,
        "others": [one for one in sheets if one != sheet][:SHOWN],
        "groups": with_thoughts(thoughts_of(request, student)),
        "questions": list(Question.objects.visible_to(request.user).kept().filter(student=student)),
        "tips": grouped(TIP),
        "query": request.GET.urlencode(),
        "provider": student.provider,
        "logo": logo_uri(student.provider),
        "made_at": timezone.now(),
    }


@role_required(Role.STUDENT)
def interview_pack(request):
    """The pack as a page."""
    return render(request, "print/interview_pack.html", pack_of(request))


@role_required(Role.STUDENT)
def interview_pack_pdf(request):
    """The pack to print."""
    return pdf_response(request, "print/interview_pack.html", pack_of(request), "Interview pack.pdf")
