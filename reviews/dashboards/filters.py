"""The filters of the list of students; their state is the address of the page."""

from urllib.parse import parse_qsl

from django import forms
from django.db.models import Q, TextChoices
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.safestring import SafeString
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from placements.hours.models import Stage
from placements.hours.projection import REACHED, State
from placements.hours.totals import last_due_monday, missing
from placements.models import Placement
from placements.timesheets.models import UNANSWERED_DAYS
from portal.form_rendering import an_option
from portal.people.models import Role
from reviews.dashboards import queries
from reviews.dashboards.beside import Beside, narrowed
from reviews.risk.judging import BY_SLUG, Level
from students import years


class Weeks(TextChoices):
    """What may be the matter with a student's weeks."""

    MISSING = "missing", "Missing"
    WAITING = "waiting", "Waiting for an answer"
    UNANSWERED = "unanswered", f"Waiting for {UNANSWERED_DAYS} days or longer"
    SENT_BACK = "sent_back", "Sent back"
    FLAGGED = "flagged", "Unusual, not looked at yet"


class Finish(TextChoices):
    """Where a student's pace leads, in three words."""

    SHORT = "short", "Will be short of hours"
    ON_COURSE = "on_course", "Will be done in time"
    SILENT = "silent", "Not enough yet to say"


STATES = {
    Finish.SHORT: {State.SHORT, State.OVER},
    Finish.ON_COURSE: {State.ON_COURSE, *REACHED, State.SPECIAL},
    Finish.SILENT: {State.SILENT, State.UNPLANNED, State.NONE},
}
RISKS = [(level.slug, level.label) for level in sorted(Level, reverse=True)]
SORTS = [
    ("name", "Name, A to Z"),
    ("-name", "Name, Z to A"),
    ("hours", "Fewest hours first"),
    ("-hours", "Most hours first"),
    ("-to_go", "Most still to go"),
    ("to_go", "Least still to go"),
    ("last", "Longest since the last week"),
    ("-last", "Latest week first"),
]
ALWAYS_SHOWN = ("q", "year", "sort")


class PlainSelect(forms.Select):
    """A select that is drawn without a template for each option: there may be hundreds of tutors."""

    def __init__(self):
        super().__init__(attrs={"class": "form-select"})

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value or "")
        options = [an_option(key, label, " selected" * (str(key) == chosen)) for key, label in self.choices]
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return SafeString(f"<select{attributes}>{''.join(options)}</select>")


ANY = {"empty_label": "Any", "widget": PlainSelect}


def search_input(kind: str = "text") -> forms.TextInput:
    return forms.TextInput(attrs={"type": kind, "class": "form-control", "autocomplete": "off"})


class ByKey(Filter):
    """A filter by primary key. Its options are given when they are drawn, so that the list itself need not wait."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=0, max_value=2**31 - 1, **kwargs)


class StudentFilter(FilterSet):
    """Filters and order of a list of students. `finish` is worked out afterwards, from the projections."""

    q = CharFilter(method="by_words", label="Name, ULN or employer", widget=search_input("search"))
    status = ChoiceFilter(field_name="hours__stage", choices=Stage, label="Placement", **ANY)
    weeks = ChoiceFilter(method="by_weeks", choices=Weeks, label="Weeks", **ANY)
    finish = ChoiceFilter(method="later", choices=Finish, label="Finish", **ANY)
    risk = ChoiceFilter(method="by_risk", choices=RISKS, label="How it stands", **ANY)
    beside = ChoiceFilter(method="by_beside", choices=Beside, label="Beside the hours", **ANY)
    tlevel = ByKey(field_name="tlevel", label="T Level", widget=PlainSelect)
    employer = CharFilter(method="by_employer", label="Employer", widget=search_input())
    tutor = ByKey(method="by_tutor", label="Tutor", widget=PlainSelect)
    year = ChoiceFilter(method="later", label="Year of entry", empty_label=years.ON_COURSE, widget=PlainSelect)
    sort = ChoiceFilter(method="later", choices=SORTS, label="Sort by", empty_label=None, widget=PlainSelect)

    def __init__(self, data, *, students, desk, default_sort="name"):
        data, self.desk, self.provider = data.copy(), desk, desk.provider_id
        for name in [name for name, value in data.items() if not value.strip()]:
            del data[name]  # the address says only what was chosen
        data.setdefault("sort", default_sort)
        super().__init__(data, queryset=students)
        self.filters["year"].extra["choices"] = years.choices(timezone.localdate())
        if desk.role == Role.TUTOR:
            del self.filters["tutor"]

    @property
    def qs(self):
        """The students that are left. Without a year of entry: those on their course."""
        return years.chosen_ones(super().qs, self.cleaned("year"))

    @property
    def sorted_by(self) -> str:
        """One of queries.ORDERS."""
        return self.cleaned("sort") or "name"

    @property
    def order(self) -> list:
        return queries.ORDERS[self.sorted_by]

    @property
    def wanted_states(self) -> set | None:
        """The states of a projection that are wanted, or None for all."""
        return STATES.get(self.cleaned("finish"))

    @property
    def always_shown(self) -> list:
        """The fields that stand above the list; the others fold away while they are not used."""
        return [self.form[name] for name in ALWAYS_SHOWN]

    @property
    def folded(self) -> list:
        return [field for field in self.form if field.name not in ALWAYS_SHOWN]

    @property
    def is_open(self) -> bool:
        """Whether one of the folded fields is in use, or wrong."""
        chosen = self.chosen
        return any(field.name in chosen or field.errors for field in self.folded)

    @property
    def is_in_use(self) -> bool:
        """Whether anything is filtered away (sorting aside)."""
        return bool(self.chosen.keys() - {"sort"})

    def is_narrowed_to(self, query: str) -> bool:
        """Whether the list shows what the address `query` ('?weeks=missing') would, in whatever order."""
        used = {name: self.data[name] for name in self.filters if name != "sort" and name in self.data}
        return used == dict(parse_qsl(query.removeprefix("?")))

    def offer(self, tlevels: dict, tutors: dict | None = None):
        """Give the options of T Level and tutor: names by primary key."""
        named = sorted(tlevels.items(), key=lambda option: option[1])
        self.form.fields["tlevel"].widget.choices = [("", "Any"), *named]
        if tutors is not None:
            named = sorted(tutors.items(), key=lambda option: option[1])
            self.form.fields["tutor"].widget.choices = [("", "Any"), ("0", "Nobody yet"), *named]

    @property
    def chosen(self) -> dict:
        """What was chosen, by the name of its filter; without what is nothing, or nothing valid."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

    def cleaned(self, name: str):
        """What was chosen, or None where it was nothing, or nothing valid."""
        return self.chosen.get(name)

    def later(self, students, name, value):
        return students

    def by_words(self, students, name, value):
        for word in value.split():
            students = students.filter(
                Q(user__first_name__reads_like=word)
                | Q(user__last_name__reads_like=word)
                | Q(uln__startswith=word)
                | Q(pk__in=self.at_employer(word))
            )
        return students

    def by_risk(self, students, name, value):
        return students.filter(standing__level=BY_SLUG[value])

    def by_beside(self, students, name, value):
        return narrowed(students, value, self.desk)

    def by_employer(self, students, name, value):
        return students.filter(pk__in=self.at_employer(value))

    def at_employer(self, words: str):
        placements = Placement.objects.filter(provider=self.provider, employer__name__reads_like=words)
        return placements.order_by().values("student")

    def by_weeks(self, students, name, value):
        match value:
            case Weeks.MISSING:
                return students.filter(missing(last_due_monday(timezone.localdate()), "hours__"))
            case Weeks.WAITING:
                return students.filter(queries.waiting())
            case Weeks.UNANSWERED:
                return students.filter(queries.unanswered(timezone.now()))
            case Weeks.SENT_BACK:
                return students.filter(queries.sent_back())
        return students.filter(queries.flagged())

    def by_tutor(self, students, name, value):
        return students.filter(tutor=value or None)
