"""The cohort page, on screen, on paper, as tables: a coordinator's whole college, a tutor's own students."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.access import role_required
from portal.pdf import logo_uri, pdf_response
from portal.people.models import STAFF, Role
from portal.tables import DOWNLOADS
from reviews.cohort import charts, tables
from reviews.cohort.figures import EMPLOYERS_SHOWN, around, behaviour, figures_of, qualities, shows_tutors
from reviews.cohort.filters import CohortFilter, options
from reviews.cohort.tally import FEW
from reviews.cohort.years import compared


@role_required(*STAFF)
def cohort(request):
    """All figures of what is chosen, each with the list that it opens."""
    return render(request, "cohort/cohort.html", page_of(request))


@role_required(*STAFF)
def cohort_print(request):
    """The same on paper, for the governors: no student is named."""
    if back := back_if_wrong(request):
        return back
    return render(request, "print/cohort.html", paper_of(request))


@role_required(*STAFF)
def cohort_pdf(request):
    if back := back_if_wrong(request):
        return back
    context = paper_of(request)
    name = f"Cohort - {request.desk.provider.name} - {context['made_at']:%-d %B %Y}.pdf"
    return pdf_response(request, "print/cohort.html", context, name)


@role_required(*STAFF)
def cohort_table(request, name, kind):
    """One of the tables as CSV or Excel."""
    if name not in tables.TABLES or kind not in DOWNLOADS:
        raise Http404
    if back := back_if_wrong(request):
        return back
    table, page = tables.TABLES[name], page_of(request, shown=None)
    return DOWNLOADS[kind](f"cohort-{name}-{timezone.localdate():%Y-%m-%d}.{kind}", table.header, table.rows(page))


def back_if_wrong(request):
    """Where a filter holds what it cannot, paper and files lead to the page, which says so; else None."""
    if CohortFilter(request.GET, desk=request.desk).form.is_valid():
        return None
    return to_cohort(request)


def to_cohort(request):
    """To the page, with the same filters."""
    return redirect(f"{reverse('cohort')}?{request.GET.urlencode()}")


def page_of(request, shown: int | None = EMPLOYERS_SHOWN) -> dict:
    """All that the page, the paper and the tables show. Five queries, six for coordinators."""
    chosen, offered = CohortFilter(request.GET, desk=request.desk), options(request.desk)
    chosen.offer(offered)
    figures, years = figures_of(chosen, offered), compared(chosen)
    is_coordinator = request.desk.role == Role.COORDINATOR
    page = {
        "chosen": chosen,
        "said": chosen.said(offered),
        "figures": figures,
        "compared": years,
        "around": around(request.desk, timezone.now(), chosen.today),
        "qualities": list(qualities(request.desk)[:shown]) if is_coordinator else [],
        "is_coordinator": is_coordinator,
        "shows_tutors": shows_tutors(chosen),
        "filters": chosen.query(),
    }
    for row in page["qualities"]:
        row["behaviour"] = behaviour(row)
    return page | drawings(page)


def drawings(page: dict) -> dict:
    """The charts, and the rows of the tables beside them."""
    figures, chosen = page["figures"], page["chosen"]
    found = {name: getattr(tables, name)(page) for name in ("phases", "levels", "matters")}
    rows = {
        name: [
            (label, number, chosen.students_url(**{field: slug}), share(number, figures.total.students))
            for label, slug, number in found[name]
        ]
        for name, field in (("phases", "status"), ("levels", "risk"), ("matters", "matter"))
    }
    return rows | {
        "phases_chart": charts.bars_chart("phases", "How far students are", plain(found["phases"])),
        "levels_chart": charts.bars_chart("levels", "How students stand", plain(found["levels"])),
        "tlevels_chart": charts.spread_chart("tlevels", "Progress by T Level", figures.tlevels),
        "tutors_chart": charts.spread_chart("tutors", "Progress by tutor", figures.tutors),
        "years_chart": charts.years_chart(page["compared"]) if page["compared"] else "",
    }


def plain(rows) -> list[tuple[str, int]]:
    return [(label, number) for label, _, number in rows]


def share(number: int, total: int) -> str:
    """'12%'; a few of many are 'under 1%'."""
    percent = 100 * number / total if total else 0
    return "under 1%" if 0 < percent < 1 else f"{percent:.0f}%"


def paper_of(request) -> dict:
    """The page for paper: nothing is told that only a few students have together."""
    provider, page = request.desk.provider, page_of(request)
    figures = page["figures"]
    drawn = {
        f"paper_{name}_chart": charts.spread_chart(name, title, [one for one in lines if one.tally.has_quarters])
        for name, title, lines in (
            ("tlevels", "Progress by T Level", figures.tlevels),
            ("tutors", "Progress by tutor", figures.tutors),
        )
    }
    facts = {"is_few": figures.total.students < FEW, "provider": provider, "logo": logo_uri(provider)}
    return page | drawn | facts | {"made_at": timezone.localtime()}
