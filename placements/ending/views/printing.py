"""What the student takes along as PDF: the letter of thanks, and the whole ending. Each is a page first."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from placements.ending.models import Letter, Reference
from placements.ending.views.common import for_student
from placements.ending.views.detail import OWN
from placements.models import Placement
from portal.pdf import logo_uri, pdf_response


def letter_of(placement) -> dict:
    letter = get_object_or_404(Letter, placement=placement)
    return {"letter": letter, "placement": placement, "provider": placement.provider, "made_at": timezone.now()}


@for_student
def letter_print(request, placement):
    return render(request, "print/letter.html", letter_of(placement))


@for_student
def letter_pdf(request, placement):
    return pdf_response(request, "print/letter.html", letter_of(placement), f"Letter to {placement.employer}.pdf")


def pack_of(placement) -> dict:
    """Reflection, handover, presentation and reference, as far as they are there."""
    placement = Placement.objects.with_people().select_related(*OWN).get(pk=placement.pk)
    reflection = getattr(placement, "reflection", None)
    presentation = getattr(placement, "presentation", None)
    context = {
        "placement": placement,
        "reflection": reflection if reflection and reflection.written else None,
        "presentation": presentation if presentation and not presentation.removed_at else None,
        "handovers": placement.handovers.kept(),
        "reference": placement.references.filter(status=Reference.Status.GIVEN).first(),
        "provider": placement.provider,
        "logo": logo_uri(placement.provider),
        "made_at": timezone.now(),
    }
    if not any(context[name] for name in ("reflection", "presentation", "handovers", "reference")):
        raise Http404
    return context


@for_student
def ending_pack(request, placement):
    return render(request, "print/ending.html", pack_of(placement))


@for_student
def ending_pack_pdf(request, placement):
    name = f"Placement at {placement.employer} - {placement.student.name}.pdf"
    return pdf_response(request, "print/ending.html", pack_of(placement), name)
