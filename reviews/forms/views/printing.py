"""A review form as a sheet: to read, print or file."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from portal.pdf import logo_uri, pdf_response
from reviews.forms.chart import behaviours_chart, groups_of
from reviews.forms.models import ReviewForm
from reviews.forms.models.lines import lines_of, screens_of
from reviews.forms.views.forms import form_or_404


def review_form_print(request, pk):
    """The sheet as a page."""
    return render(request, "print/review_form.html", sheet_of(request, pk))


def review_form_pdf(request, pk):
    """The same as a PDF."""
    context = sheet_of(request, pk)
    name = f"{context['form'].title} - {context['placement'].student.name}.pdf"
    return pdf_response(request, "print/review_form.html", context, name)


def sheet_of(request, pk) -> dict:
    form = form_or_404(request, pk)
    if not form.is_handed_in:
        raise Http404
    return sheet(form)


def sheet(form: ReviewForm) -> dict:
    """What stands on the sheet. The chart shows this form beside the one before it."""
    rows = ReviewForm.objects.handed_in().filter(placement=form.placement_id, handed_in_at__lte=form.handed_in_at)
    groups = groups_of(list(rows.prefetch_related("answers")))
    return {
        "form": form,
        "placement": form.placement,
        "screens": screens_of(form, lines_of(form)),
        "remarks": form.remarks.select_related("by"),
        "groups": groups,
        "chart": behaviours_chart(groups, form.placement.student.user.first_name),
        "provider": form.placement.provider,
        "logo": logo_uri(form.placement.provider),
        "made_at": timezone.now(),
    }
