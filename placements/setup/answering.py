"""The line manager reads, by the link in a mail, the words that the student released to them. Nothing else."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from placements.models import Placement
from placements.setup.adjustments import KIND, mark_read, read_at_work
from placements.setup.models import SharedAdjustment
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url, ended


@answers(KIND, SharedAdjustment, title="Read what helps your student", goes_over=False)
def adjustment_by_link(request, ask, thing, step=""):
    """The words, and 'I have read it'. It ends with the release, and with the person's time as line manager."""
    if step:
        raise Http404
    placement = Placement.objects.with_people().get(pk=thing.placement_id)
    row = read_at_work(placement, ask.to) if ask.to else None
    if row is None or row.pk != thing.pk:
        return ended(request, ask.pk, "", "withdrawn")
    if request.method == "POST":
        mark_read(row, by=ask.to)
        messages.success(request, f"Thank you. {placement.student.user.first_name} can see that you have read it.")
        return redirect(ask_url(request, ask))
    context = {"row": row, "placement": placement}
    return ask_page(request, ask, "placements/adjustment_by_link.html", context)
