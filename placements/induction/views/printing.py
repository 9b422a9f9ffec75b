"""The induction as a sheet: to read, print or file. With empty boxes it is the list for whoever prefers paper."""

from django.shortcuts import render
from django.utils import timezone

from placements.checklists.forms import rows_to_read
from placements.induction.views.induction import notes_of, placement_with_induction, shown
from portal.pdf import logo_uri, pdf_response


def induction_print(request, pk):
    """The sheet as a page."""
    return render(request, "print/induction.html", sheet_of(request, pk))


def induction_pdf(request, pk):
    """The same as a PDF."""
    context = sheet_of(request, pk)
    name = f"Induction - {context['placement'].student.name} - {context['placement'].employer}.pdf"
    return pdf_response(request, "print/induction.html", context, name)


def sheet_of(request, pk) -> dict:
    return sheet(placement_with_induction(request, pk))


def sheet(placement) -> dict:
    """What the sheet of a placement's induction says, begun or not."""
    induction = shown(placement)
    return {
        "placement": placement,
        "induction": induction,
        "rows": rows_to_read(induction.lines(), notes_of(induction)),
        "provider": placement.provider,
        "logo": logo_uri(placement.provider),
        "made_at": timezone.now(),
    }
