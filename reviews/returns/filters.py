"""Choosing whose lines are shown and sent."""

from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet

from reviews.dashboards.filters import ByKey, PlainSelect
from reviews.returns.choosing import Choice, Usual, named
from reviews.returns.lines import Line
from students.models import Student
from students.tlevels.deadline import years_due
from students.tlevels.models import TLevel
from students.years import years_offered


class Rows(TextChoices):
    """Which lines the page shows."""

    LEFT_OUT = "left_out", "Only rows left out"
    NOTED = "noted", "Only rows with a note"


def choices_of_years(today: date, asked: str) -> list[tuple[str, str]]:
    """The final year, which can be two years of entry at once; each year; and the years that an address asks for."""
    due, each = years_due(today), [year for year, _ in years_offered(today)]
    wanted = asked.split(",")
    groups = [due, *([year] for year in each if [year] != due), *([wanted] if set(wanted) <= set(each) else [])]
    final = {",".join(due): f"{named(due)}, final year"}
    return list(({",".join(years): named(years) for years in groups} | final).items())


class ReturnFilter(FilterSet):
    """By years of entry, T Level, and whether a line is left out (which the page alone goes by, never the file)."""

    year = ChoiceFilter(label="Students", widget=PlainSelect)
    tlevel = ByKey(label="T Level", widget=PlainSelect)
    rows = ChoiceFilter(label="Show", choices=Rows, empty_label="All rows", widget=PlainSelect)

    def __init__(self, data, usual: Usual):
        data, today = data.copy(), timezone.localdate()
        data["year"] = ",".join(sorted(set(data.get("year", "").split(","))))  # each once, in order, however asked for
        super().__init__(data, queryset=Student.objects.none())
        self.usual = usual.years(today)
        choices = choices_of_years(today, data["year"])
        self.filters["year"].extra.update(empty_label=usual.label, choices=choices)
        self.tlevels = {tlevel.pk: tlevel for tlevel in TLevel.objects.order_by("title")}
        self.form.fields["tlevel"].widget.choices = [("", "All"), *self.tlevels.items()]
        self.form.is_valid()

    @property
    def choice(self) -> Choice:
        """What nothing valid was chosen for is as if nothing was chosen."""
        chosen = self.form.cleaned_data
        years = chosen["year"].split(",") if chosen.get("year") else self.usual
        return Choice(years, self.tlevels.get(chosen.get("tlevel")))

    def shown(self, lines: list[Line]) -> list[Line]:
        """Those of `lines` that the page shows."""
        match self.form.cleaned_data.get("rows"):
            case Rows.LEFT_OUT:
                return [line for line in lines if line.wrong]
            case Rows.NOTED:
                return [line for line in lines if line.notes]
        return lines
