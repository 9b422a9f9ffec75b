"""What can be filed: the timesheet of a week and the statement of hours. Each is a page first, the same as a PDF."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format

from placements.hours import chart
from placements.hours.receipt import receipt_for
from placements.hours.views import students_of
from placements.timesheets.models import Timesheet
from portal.pdf import logo_uri, pdf_response
from reviews.reports.timesheet import days_of


def statement(request, pk):
    """The statement of hours, to read, print or download; for the student, the tutor and coordinators."""
    return render(request, "print/statement.html", statement_of(request, pk))


def statement_pdf(request, pk):
    context = statement_of(request, pk)
    name = f"Statement of hours - {context['student'].name} - {on(context['made_at'])}.pdf"
    return pdf_response(request, "print/statement.html", context, name)


def timesheet_print(request, pk):
    """A week's timesheet, to read, print or download; for the same people and the placement's manager."""
    return render(request, "print/timesheet.html", timesheet_of(request, pk))


def timesheet_pdf(request, pk):
    context = timesheet_of(request, pk)
    week = context["week"]
    name = f"Timesheet - {week.placement.student.name} - week of {on(week.monday)}.pdf"
    return pdf_response(request, "print/timesheet.html", context, name)


def statement_of(request, pk) -> dict:
    student = get_object_or_404(students_of(request), pk=pk)
    receipt = receipt_for(student, timezone.localdate())
    return {
        "student": student,
        "provider": student.provider,
        "logo": logo_uri(student.provider),
        "receipt": receipt,
        "chart": chart.drawn(receipt),
        "standing": chart.standing(receipt),
        "several": len(receipt.by_employer) > 1,  # with one employer the name need not stand in every row
        "made_at": timezone.now(),
    }


def timesheet_of(request, pk) -> dict:
    people = "placement__student__provider", "placement__site", "on_paper_by"
    weeks = Timesheet.objects.visible_to(request.user).with_people().select_related(*people)
    week = get_object_or_404(weeks.prefetch_related("spells", "placement__pattern_days"), pk=pk)
    return {
        "week": week,
        "days": days_of(week),
        "provider": week.placement.provider,
        "logo": logo_uri(week.placement.provider),
        "made_at": timezone.now(),
    }


def on(moment) -> str:
    """A day in a file name: '12 March 2026'."""
    return date_format(timezone.localtime(moment) if hasattr(moment, "hour") else moment, "j F Y")
