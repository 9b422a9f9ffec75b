"""Choosing whose lines are shown and sent."""

from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet

from reviews.dashboards.filters import ByKey, PlainSelect
from reviews.returns.choosing import Choice
from students.models import Student
from students.tlevels.deadline import years_due
from students.tlevels.models import TLevel
from students.years import years_offered

LEFT_OUT = "left_out"
DUE = "Final year (due now)"


class ReturnFilter(FilterSet):
    """By year of entry, T Level, and whether a line is left out (which the page alone goes by, never the file)."""

    year = ChoiceFilter(label="Students", empty_label=DUE, widget=PlainSelect)
    tlevel = ByKey(label="T Level", widget=PlainSelect)
    rows = ChoiceFilter(
        label="Show", choices=[(LEFT_OUT, "Only rows left out")], empty_label="All rows", widget=PlainSelect
    )

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

    @property
    def shows_left_out(self) -> bool:
        return self.form.cleaned_data.get("rows") == LEFT_OUT
