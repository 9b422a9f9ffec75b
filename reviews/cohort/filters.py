"""What the cohort page is narrowed to; its state is the address. The same filters find the students of a figure."""

from urllib.parse import urlencode

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from portal.people.models import Role
from portal.searching import matching
from reviews.cohort.matters import MATTERS
from reviews.dashboards.filters import ANY, ByKey, PlainSelect, search_input
from reviews.dashboards.queries import tutors_offered
from reviews.risk.judging import BY_SLUG, Level
from reviews.risk.models import Phase, Standing
from students.tlevels.deadline import first_current
from students.tlevels.models import TLevel
from students.years import ON_COURSE, years_offered

RISKS = [(slug, level.label) for slug, level in reversed(BY_SLUG.items())]


class CohortFilter(FilterSet):
    """Students of one desk, but for those who left. Without a year of entry: all who are on their course now."""

    year = ChoiceFilter(field_name="entry_year", label="Year of entry", empty_label=ON_COURSE,
                        widget=PlainSelect)  # fmt: skip
    route = CharFilter(field_name="tlevel__route", label="Route", widget=PlainSelect)
    tlevel = ByKey(field_name="tlevel", label="T Level", widget=PlainSelect)
    tutor = ByKey(method="by_tutor", label="Tutor", widget=PlainSelect)
    status = ChoiceFilter(field_name="phase", choices=Phase, label="Placement", **ANY)
    risk = ChoiceFilter(method="by_risk", choices=RISKS, label="How they stand", **ANY)

    def __init__(self, data, *, desk):
        data, self.desk, self.today = data.copy(), desk, timezone.localdate()
        for name in [name for name, value in data.items() if not value.strip()]:
            del data[name]  # the address says only what was chosen
        super().__init__(data, queryset=Standing.objects.at_desk(desk))
        self.filters["year"].extra["choices"] = years_offered(self.today)
        if desk.role == Role.TUTOR:
            del self.filters["tutor"]

    @property
    def qs(self):
        """The standings that are left."""
        rows = super().qs
        return rows if self.cleaned("year") else rows.filter(entry_year__gte=first_current(self.today))

    def cleaned(self, name: str):
        """What was chosen, or None where it was nothing, or nothing valid."""
        self.form.is_valid()
        chosen = self.form.cleaned_data.get(name)
        return None if chosen == "" else chosen

    @property
    def is_in_use(self) -> bool:
        return any(self.cleaned(name) is not None for name in self.filters)

    @property
    def is_of_one_tutor(self) -> bool:
        return self.desk.role == Role.TUTOR or bool(self.cleaned("tutor"))

    def by_tutor(self, rows, name, value):
        return rows.filter(tutor=value or None)

    def by_risk(self, rows, name, value):
        return rows.filter(level=BY_SLUG[value])

    @property
    def level(self) -> Level | None:
        return BY_SLUG.get(self.cleaned("risk"))

    @property
    def is_of_a_standing(self) -> bool:
        """Whether one phase or level is chosen, so that only some of a tutor's students count."""
        return self.cleaned("status") is not None or self.level is not None

    def offer(self, options: dict):
        """Give the choices of route, T Level and tutor (see `options`)."""
        routes = sorted({route for _, route in options["tlevels"].values()})
        named = sorted(((pk, title) for pk, (title, _) in options["tlevels"].items()), key=lambda pair: pair[1])
        self.form.fields["route"].widget.choices = [("", "Any"), *((route, route) for route in routes)]
        self.form.fields["tlevel"].widget.choices = [("", "Any"), *named]
        if "tutor" in self.form.fields:
            tutors = sorted(((pk, name) for pk, (name, _) in options["tutors"].items()), key=lambda pair: pair[1])
            self.form.fields["tutor"].widget.choices = [("", "Any"), ("0", "Nobody yet"), *tutors]

    def query(self, **changes) -> str:
        """What is chosen, with `changes`, as it stands in an address ('' where nothing is)."""
        names = [name for name in self.filters if self.cleaned(name) is not None]
        found = {name: self.data[name] for name in names} | changes
        found = {name: value for name, value in found.items() if value not in (None, "")}
        return f"?{urlencode(found)}" if found else ""

    def students_url(self, **changes) -> str:
        """The list of the students behind a figure."""
        return reverse("cohort_students") + self.query(**changes)

    @property
    def standing_said(self) -> list[str]:
        """Which year of entry, phase and level are chosen, in words."""
        year, phase, level = self.cleaned("year"), self.cleaned("status"), self.level
        words = [f"Students who began in {year}" if year else "All students who are on their course now"]
        if phase is not None:
            words.append(Phase(phase).label)
        if level is not None:
            words.append(level.label)
        return words

    def said(self, options: dict) -> list[str]:
        """All that is chosen, in words."""
        words = self.standing_said
        if route := self.cleaned("route"):
            words.append(f"Route: {route}")
        if (tlevel := self.cleaned("tlevel")) in options["tlevels"]:
            words.append(f"T Level: {options['tlevels'][tlevel][0]}")
        if (tutor := self.cleaned("tutor")) is not None:
            words.append(f"Tutor: {options['tutors'].get(tutor, ('nobody yet', ''))[0]}")
        return words


class StudentsFilter(CohortFilter):
    """The same, and by name and by what is the matter."""

    q = CharFilter(method="by_words", label="Name", widget=search_input("search"))
    matter = ChoiceFilter(
        method="by_matter", choices=[(name, matter.label) for name, matter in MATTERS.items()], label="Matter", **ANY
    )

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "student__user__first_name", "student__user__last_name"))

    def by_matter(self, rows, name, value):
        return rows.filter(MATTERS[value].holds)


def options(desk) -> dict[str, dict]:
    """(title, route) of the T Levels, and (name, '') of the tutors offered, by primary key. One query."""
    nothing = Value("", output_field=TextField())
    people = tutors_offered(desk).values_list(Value("tutors"), "user", "full_name", nothing)
    courses = TLevel.objects.order_by().values_list(
        Value("tlevels"), "pk", Cast("title", TextField()), Cast("route", TextField())
    )
    found = {"tlevels": {}, "tutors": {}}
    for kind, pk, named, route in courses.union(people, all=True):
        found[kind][pk] = (named, route)
    return found
