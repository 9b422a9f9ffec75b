"""The list of employers: found by its filters, sorted by anything that it shows, read only as far as the page goes."""

from django.core.paginator import Paginator
from django.db.models import DateField
from django.db.models.functions import Lower
from django.utils import timezone

from employers.directory import figures
from employers.filters import EmployerFilter
from employers.models import Employer
from portal.prepared import Later, LaterMany, prepared
from portal.tables import DOWNLOADS

PAGE = 50
WORDS = {"name": Lower("name"), "town": Lower("town"), "sector": Lower("sector")}
HEADER = ["Employer", "Employer number", "Sector", "Size", "Address", "Town", "Postcode", "Phone number"]


def with_figures(rows, today):
    """These employers, each with all figures."""
    return rows.annotate(**{figure.name: figure.expression(today) for figure in figures()})


@prepared
def figures_of_some():
    """The figures of some employers: the key of each, and its numbers."""
    rows = with_figures(Employer.objects.filter(pk__in=LaterMany("employers")), Later("today", DateField()))
    return rows.values_list("pk", *(figure.name for figure in figures()))


class Listing:
    """What the address asks for: `chosen` (the filter), `columns` (the figures), `page`, `download`."""

    def __init__(self, params, desk, employers):
        self.params, self.today = params, timezone.localdate()
        self.chosen = EmployerFilter(params, employers, desk=desk)
        self.columns = figures()

    @property
    def in_order(self):
        """The employers found, sorted as ?sort= says: a word or a figure, '-' for the other way round, else by name."""
        asked = self.params.get("sort", "")
        name, is_down = asked.removeprefix("-"), asked.startswith("-")
        figure = next((figure for figure in self.columns if figure.name == name), None)
        rows = self.chosen.qs
        by = WORDS.get(name, WORDS["name"])
        if figure:
            rows, by = rows.alias(sorted_by=figure.expression(self.today)), "sorted_by"
            return rows.order_by(f"-{by}" if is_down else by, WORDS["name"], "pk")
        return rows.order_by(by.desc() if is_down else by, "pk")

    @property
    def page(self):
        """One page of employers, each with `figures`: only these rows are counted out."""
        page = Paginator(self.in_order, PAGE).get_page(self.params.get("page"))
        page.object_list = list(page.object_list)
        keys, titles = [employer.pk for employer in page], [figure.title for figure in self.columns]
        rows = figures_of_some().asked(employers=keys, today=self.today) if keys else []
        numbers = {pk: numbers for pk, *numbers in rows}
        for employer in page:
            employer.figures = list(zip(titles, numbers[employer.pk], strict=True))
        return page

    def download(self, kind: str):
        """All employers found, as a table."""
        rows = with_figures(self.in_order, self.today).iterator(chunk_size=500)
        header = [*HEADER, *(figure.title for figure in self.columns)]
        return DOWNLOADS[kind](f"employers-{self.today:%Y-%m-%d}.{kind}", header, (self.line(row) for row in rows))

    def line(self, employer) -> list:
        known = [employer.name, employer.ern, employer.sector, employer.get_size_display(), employer.address]
        known += [employer.town, employer.postcode, employer.phone]
        return [*known, *(getattr(employer, figure.name) for figure in self.columns)]
