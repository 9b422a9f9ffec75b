"""Take it all along: the student chooses, a worker makes it, the file waits among the downloads for a week."""

from django.shortcuts import redirect, render
from django.urls import reverse

from portal.access import role_required
from portal.parcels.asking import ask_for
from portal.parcels.models import Parcel
from portal.people.models import Role
from reviews.portfolio.contents import ALWAYS, ARCHIVE_TOO
from reviews.portfolio.forms import PortfolioForm
from reviews.portfolio.packing import PDF, ZIP

TITLES = {PDF: "My portfolio as PDF", ZIP: "Everything of mine as ZIP"}
SHOWN = 5


@role_required(Role.STUDENT)
def portfolio(request):
    """What is in it, what to leave out, and what was made already."""
    form = PortfolioForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind = form.cleaned_data["do"]
        options = {"wanted": form.wanted}
        parcel = ask_for(kind, desk=request.desk, title=TITLES[kind], options=options, back=reverse("portfolio"))
        return redirect("parcel_detail", parcel.pk)
    rows = Parcel.objects.visible_to(request.user).filter(provider=request.desk.provider_id, kind__in=[PDF, ZIP])
    context = {"form": form, "parcels": rows[:SHOWN], "kept_days": Parcel.KEPT_DAYS}
    context |= {"always": ALWAYS, "archive_too": ARCHIVE_TOO}
    return render(request, "portfolio/portfolio.html", context, status=422 if form.errors else 200)
