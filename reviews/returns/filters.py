"""Choosing whose lines are shown and sent."""

from django.db.models import TextChoices
from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet

from reviews.dashboards.filters import ByKey, PlainSelect
from reviews.returns.choosing import Choice
from reviews.returns.lines import Line
from students.models import Student
from students.tlevels.deadline import years_due
from students.tlevels.models import TLevel
from students.years import years_offered

DUE = "Final year, due by 31 July"


class Rows(TextChoices):
    """Which lines the page shows."""

    LEFT_OUT = "left_out", "Only rows left out"
    NOTED = "noted", "Only rows with a note"


class ReturnFilter(FilterSet):
    """By year of entry, T Level, and whether a line is left out (which the page alone goes by, never the file)."""

    year = ChoiceFilter(label="Students", empty_label=DUE, widget=PlainSelect)
    tlevel = ByKey(label="T Level", widget=PlainSelect)
    rows = ChoiceFilter(label="Show", choices=Rows, empty_label="All rows", widget=PlainSelect)

    def __init__(self, data):
        super().__init__(data, queryset=Student.objects.none())
        self.today = timezone.localdate()
        self.filters["year"].extra["choices"] = [
            (year, f"Year of entry {year}") for year, _ in years_offered(self.today)
        ]
        self.tlevels = {tlevel.pk: tlevel for tlevel in TLevel.objects.order_by("title")}
        self.form.fields["tlevel"].widget.choices = [("", "All"), *self.tlevels.items()]
        self.form.is_valid()

    @property
    def choice(self) -> Choice:
        """What nothing valid was chosen for is as if nothing was chosen."""
        chosen = self.form.cleaned_data
        years = [chosen["year"]] if chosen.get("year") else years_due(self.today)
        return Choice(years, self.tlevels.get(chosen.get("tlevel")))

    def shown(self, lines: list[Line]) -> list[Line]:
        """Those of `lines` that the page shows."""
        match self.form.cleaned_data.get("rows"):
            case Rows.LEFT_OUT:
                return [line for line in lines if line.wrong]
            case Rows.NOTED:
                return [line for line in lines if line.notes]
        return lines
