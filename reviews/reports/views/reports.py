"""What can be filed of one student or one week. Each report is a page first, the same as a PDF."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from placements.hours.receipt import receipt_for
from placements.hours.views import students_of
from portal.pdf import pdf_response
from portal.people.models import Role
from portal.words import long_date
from reviews.reports import behaviours, history
from reviews.reports.forms import ChoiceForm
from reviews.reports.sheets import kinds
from reviews.reports.sheets.hours import statement_of, timesheet_of, weeks_to_print
from reviews.reports.views.choosing import asked_for


def statement(request, pk):
    """The statement of hours, to read, print or download; for the student, the tutor and coordinators."""
    return render(request, "print/statement.html", statement_for(request, pk))


def statement_pdf(request, pk):
    return student_pdf(request, "print/statement.html", statement_for(request, pk), "Statement of hours")


def statement_for(request, pk) -> dict:
    student = student_or_404(request, pk)
    return statement_of(student, receipt_for(student, timezone.localdate()))


def timesheet_print(request, pk):
    """A week's timesheet, to read, print or download; for the same people and the placement's manager."""
    return render(request, "print/timesheet.html", timesheet_of(week_or_404(request, pk)))


def timesheet_pdf(request, pk):
    week = week_or_404(request, pk)
    name = f"Timesheet - {week.placement.student.name} - week of {long_date(week.monday)}.pdf"
    return pdf_response(request, "print/timesheet.html", timesheet_of(week), name)


def review_history(request, pk):
    """All reviews of a student on one sheet; for the student, the tutor and coordinators."""
    return render(request, "print/review_history.html", history_for(request, pk))


def review_history_pdf(request, pk):
    return student_pdf(request, "print/review_history.html", history_for(request, pk), "Review history")


def history_for(request, pk) -> dict:
    student = student_or_404(request, pk)
    return history.context_of(student, history.histories_of([student], request.user)[student.pk])


def behaviour_report(request, pk):
    """The behaviours over the reviews; for the student, the tutor and coordinators."""
    return render(request, "print/behaviours.html", behaviours_for(request, pk))


def behaviour_report_pdf(request, pk):
    return student_pdf(request, "print/behaviours.html", behaviours_for(request, pk), "Behaviours")


def behaviours_for(request, pk) -> dict:
    student = student_or_404(request, pk)
    return behaviours.context_of(student, behaviours.parts_of([student], request.user)[student.pk])


def student_reports(request, pk):
    """Every kind of report about a student, each to open; or several as one file."""
    student = student_or_404(request, pk)
    is_own = student.user_id == request.user.pk
    form = ChoiceForm(request.POST if request.method == "POST" else None, for_staff=not is_own)
    if request.method == "POST" and request.desk.provider_id != student.provider_id:
        raise Http404
    if form.is_valid():
        return redirect("parcel_detail", asked_for(request, form, [student.pk]).pk)
    context = about(request, student) | {"form": form, "kinds": kinds().values()}
    return render(request, "reports/student_reports.html", context, status=422 if form.errors else 200)


def student_report(request, pk, kind):
    """The report of a kind; a list of them where there are several, or none."""
    if kind not in kinds():
        raise Http404
    student = student_or_404(request, pk)
    sheets = kinds()[kind].find([student], request.user).get(student.pk, [])
    if len(sheets) == 1:
        return redirect(sheets[0].url)
    return render(
        request, "reports/student_report.html", about(request, student) | {"kind": kinds()[kind], "sheets": sheets}
    )


def about(request, student) -> dict:
    return {
        "student": student,
        "is_own": student.user_id == request.user.pk,
        "is_tutor": request.desk.role == Role.TUTOR,
    }


def student_or_404(request, pk):
    return get_object_or_404(students_of(request), pk=pk)


def week_or_404(request, pk):
    return get_object_or_404(weeks_to_print(request.user), pk=pk)


def student_pdf(request, template: str, context: dict, title: str):
    """The PDF, saved under what it is, whose, and of which day."""
    name = f"{title} - {context['student'].name} - {long_date(context['made_at'])}.pdf"
    return pdf_response(request, template, context, name)
