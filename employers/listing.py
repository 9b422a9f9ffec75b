"""The list of employers: found by its filters, sorted by anything that it shows, read only as far as the page goes."""

from django.core.paginator import Paginator
from django.db.models.functions import Lower

from employers.directory import figures
from employers.filters import EmployerFilter
from employers.models import Employer
from portal.tables import DOWNLOADS

PAGE = 50
WORDS = {"name": Lower("name"), "town": Lower("town"), "sector": Lower("sector")}
HEADER = ["Employer", "Employer number", "Sector", "Size", "Address", "Town", "Postcode", "Phone number"]


class Listing:
    """What the address asks for: `chosen` (the filter), `columns` (the figures), `page`, `download`."""

    def __init__(self, params, desk, employers):
        self.params, self.desk = params, desk
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
            rows, by = rows.alias(sorted_by=figure.expression(self.desk)), "sorted_by"
            return rows.order_by(f"-{by}" if is_down else by, WORDS["name"], "pk")
        return rows.order_by(by.desc() if is_down else by, "pk")

    @property
    def page(self):
        """One page of employers, each with `figures`: only these rows are counted out."""
        page = Paginator(self.in_order.values_list("pk", flat=True), PAGE).get_page(self.params.get("page"))
        rows = self.with_figures(Employer.objects.filter(pk__in=list(page.object_list))).in_bulk()
        page.object_list = [self.filled(rows[pk]) for pk in page.object_list]
        return page

    def with_figures(self, rows):
        return rows.annotate(**{figure.name: figure.expression(self.desk) for figure in self.columns})

    def filled(self, employer):
        employer.figures = [(figure.title, getattr(employer, figure.name)) for figure in self.columns]
        return employer

    def download(self, kind: str, today):
        """All employers found, as a table."""
        rows = self.with_figures(self.in_order).iterator(chunk_size=500)
        header = [*HEADER, *(figure.title for figure in self.columns)]
        return DOWNLOADS[kind](f"employers-{today:%Y-%m-%d}.{kind}", header, (self.line(row) for row in rows))

    def line(self, employer) -> list:
        known = [employer.name, employer.ern, employer.sector, employer.get_size_display(), employer.address]
        known += [employer.town, employer.postcode, employer.phone]
        return [*known, *(getattr(employer, figure.name) for figure in self.columns)]
