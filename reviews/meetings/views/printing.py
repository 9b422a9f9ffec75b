"""The notes of a review meeting as a sheet: to read, print or file."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from portal.pdf import logo_uri, pdf_response
from reviews.meetings.models import GoalWord
from reviews.meetings.views.meetings import meeting_or_404, preparation_of, words_of


def meeting_print(request, pk):
    """The sheet as a page."""
    return render(request, "print/review_meeting.html", sheet_of(request, pk))


def meeting_pdf(request, pk):
    """The same as a PDF."""
    context = sheet_of(request, pk)
    name = f"Review meeting - {context['placement'].student.name}.pdf"
    return pdf_response(request, "print/review_meeting.html", context, name)


def sheet_of(request, pk) -> dict:
    meeting = meeting_or_404(request, pk)
    if not meeting.is_over:
        raise Http404
    return sheet(meeting, request.user)


def sheet(meeting, user) -> dict:
    """What the sheet of a meeting that is over says to this reader."""
    return {
        "meeting": meeting,
        "placement": meeting.placement,
        "preparation": preparation_of(meeting, user),
        "prepared": words_of(meeting, GoalWord.Side.STUDENT),
        "together": words_of(meeting, GoalWord.Side.TOGETHER),
        "actions": meeting.actions.all(),
        "confirmations": meeting.confirmations.select_related("recorded_by"),
        "provider": meeting.placement.provider,
        "logo": logo_uri(meeting.placement.provider),
        "made_at": timezone.now(),
    }
