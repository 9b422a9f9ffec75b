"""The cohort page: every figure opens its list, everything can be downloaded, nobody sees what is not theirs."""

import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from employers.checks.models import Check, CheckKind
from placements.concerns.models import Concern, ConcernKind
from placements.ending.models import Feedback, FeedbackAnswer, FeedbackStatement
from placements.hours.totals import gathered
from placements.models import Placement
from reviews.cohort.counting import count
from reviews.cohort.figures import figures_of, shows_tutors
from reviews.cohort.filters import CohortFilter, StudentsFilter, options
from reviews.cohort.models import Week
from reviews.cohort.quality import add_up_quality
from reviews.cohort.tables import TABLES
from reviews.cohort.views.cohort import page_of
from reviews.meetings.models import Meeting
from reviews.risk.keeping import reckon
from reviews.risk.models import Standing
from students.models import Student
from students.tlevels.models import TLevel
from tests import poured
from tests.conftest import built_cast, signed_in
from tests.factories import (
    PlacementFactory,
    StudentFactory,
    many_placements,
    many_students,
)
from tests.reviews.weeks import a_week

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 25)
MARKETING = "Marketing"
MATTERS = [
    ("with a week missing", 1), ("with a week that came back", 0), ("on placement without agreed goals", 2),
    ("with a review overdue", 0),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2026-03-25T12:00Z", tick=False):
        yield


def get(cast, name="cohort", query="", role="coordinator", status=200, args=()):
    response = signed_in(getattr(cast, role)).get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response


def words(response) -> str:
    return " ".join(response.content.decode().split())


def html(cast, *args, **kwargs) -> str:
    return words(get(cast, *args, **kwargs))


def a_student(cast, first_name, **facts):
    tutor = facts.pop("tutor", cast.tutor2)
    return StudentFactory(
        provider=cast.provider, tutor=tutor, user__first_name=first_name, user__last_name="Ng", **facts
    )


def add_up(provider):
    reckon(Student.objects.filter(provider=provider).values_list("pk", flat=True))
    count(provider.pk)


@pytest.fixture
def cohort(db):
    return built_cohort()


@poured.scene
@time_machine.travel("2026-03-25T12:00Z", tick=False)
def built_cohort():
    """Two on placement (one with three weeks), one planned, one in Marketing without a tutor, one of 2024."""
    cast = built_cast()
    with gathered():
        for weeks in range(3):
            a_week(cast.placement, weeks)
        PlacementFactory(
            student=a_student(cast, "Plan"), status=Placement.Status.PLANNED, first_on=TODAY + timedelta(weeks=4)
        )
        a_student(cast, "Mark", tutor=None, tlevel=TLevel.objects.get(title=MARKETING))
        a_student(cast, "Late", entry_year="2024/25")
    for provider in (cast.provider, cast.other_provider):
        add_up(provider)
        add_up_quality(provider.pk, TODAY)
    return cast


def undrawn(cast, query="", role="coordinator") -> dict:
    """What the page with this address is drawn from."""
    return page_of(SimpleNamespace(GET=QueryDict(query), desk=getattr(cast, role).desks[0]))


def figures(cast, query="", role="coordinator"):
    """What the page counts of those whom its address chooses."""
    chosen = CohortFilter(QueryDict(query), desk=getattr(cast, role).desks[0])
    return figures_of(chosen, options(chosen.desk))


def left(cast, query="", role="coordinator") -> list[str]:
    """Whom the filters of the list leave."""
    chosen = StudentsFilter(QueryDict(query), desk=getattr(cast, role).desks[0])
    return sorted(standing.student.name for standing in chosen.qs.select_related("student__user"))


def names_on(response) -> list[str]:
    return [row["name"] for row in response.context["page"].object_list]


# --- The page -------------------------------------------------------------------------------------------------------


def test_the_page_counts_students_by_placement_and_by_how_they_stand(cohort):
    response = get(cohort)
    page = response.context
    assert page["figures"].total.students == 5
    assert [(label, number) for label, number, *_ in page["phases"]] == [
        ("Without a placement", 2), ("Placement planned", 1), ("On placement, under way", 2),
        ("On placement, ending", 0), ("Hours reached, placement over", 0), ("Signed off", 0),
    ]  # fmt: skip
    assert [(label, number) for label, number, *_ in page["levels"]] == [
        ("Hours cannot be reached", 0), ("At risk", 1), ("Watch", 2), ("Not enough yet to say", 2), ("On track", 0),
    ]  # fmt: skip
    assert [(label, number) for label, number, *_ in page["matters"]] == MATTERS
    assert "As of 25 March 2026 at 12:00." in words(response)


def test_under_way_and_ending_are_together_what_other_pages_call_on_placement(cohort):
    Placement.objects.filter(pk=cohort.placement.pk).update(last_on=TODAY + timedelta(weeks=2))
    add_up(cohort.provider)
    phases = {label: number for label, number, *_ in undrawn(cohort)["phases"]}
    assert (phases["On placement, under way"], phases["On placement, ending"]) == (1, 1)
    home = get(cohort, "coordinator_home").context["figures"]
    assert {label: number for label, _, number, _ in home}["on placement"] == "2"
    assert (
        "Ending: all hours are approved, or the last day is within four weeks. Those under way and those ending are"
        in html(cohort, "cohort_print")
    )


def test_every_figure_opens_the_list_of_exactly_its_students(cohort):
    page = undrawn(cohort)
    opened = [(number, url) for name in ("phases", "levels", "matters") for _, number, url, _ in page[name] if number]
    lines = [*page["figures"].tlevels, *page["figures"].tutors]
    opened += [(line.tally.students, line.url) for line in lines]
    assert len(opened) > 9
    for number, url in opened:
        path, _, query = url.partition("?")
        assert path == reverse("cohort_students")
        assert len(left(cohort, query)) == number, url
    assert signed_in(cohort.coordinator).get(url).context["page"].paginator.count == number


def test_a_list_says_why(cohort):
    response = get(cohort, "cohort_students")
    assert (
        "No placement yet. At two days (14 h) a week it would take 23 weeks, and 18 are left until 31 July 2026."
        in words(response)
    )
    assert names_on(response)[:3] == ["Late Ng", "Student Reed", "Student2 Reed"]
    assert sorted(names_on(response)[3:]) == ["Mark Ng", "Plan Ng"]


def test_filters_of_the_list(cohort):
    expected = {
        "status=planned": ["Plan Ng"],
        "risk=at_risk": ["Late Ng"],
        "risk=not_enough&route=Sales": ["Mark Ng"],
        "route=Sales": ["Mark Ng"],
        "tutor=0": ["Mark Ng"],
        "year=2024/25": ["Late Ng"],
        "matter=missing": ["Student2 Reed"],
        "matter=goals": ["Student Reed", "Student2 Reed"],
        "q=ng+pl": ["Plan Ng"],
        "q=ng&status=active": [],
    }
    assert {query: left(cohort, query) for query in expected} == expected
    assert names_on(get(cohort, "cohort_students", "?risk=not_enough&route=Sales")) == ["Mark Ng"]


def test_filters_of_the_page_stand_in_its_address(cohort):
    marketing = TLevel.objects.get(title=MARKETING)
    students = {
        "status=active": 2, "risk=at_risk": 1, "route=Sales": 1, "tutor=0": 1, "year=2024/25": 1,
        "status=active&risk=at_risk": 0, f"tlevel={marketing.pk}": 1,
    }  # fmt: skip
    assert {query: figures(cohort, query).total.students for query in students} == students
    response = get(cohort, query=f"?tutor={cohort.tutor.pk}")
    found = response.context["figures"]
    assert (found.total.students, found.total.spread.middle, found.tutors) == (1, 33, [])
    assert f"?tutor={cohort.tutor.pk}" in found.tlevels[0].url
    assert "Choose neither tutor nor route to compare them." in words(response)


def test_each_matter_is_the_same_students_as_a_figure_and_as_a_list(cohort):
    nothing = {"missing": False, "sent_back": 0, "without_goals": 0, "meetings": 0, "forms": 0}
    Standing.objects.update(**nothing)
    for name, sign in {
        "Student": {"missing": True}, "Student2": {"sent_back": 2}, "Plan": {"without_goals": 2},
        "Mark": {"meetings": 2}, "Late": {"forms": 2},
    }.items():  # fmt: skip
        Standing.objects.filter(provider=cohort.provider, student__user__first_name=name).update(**sign)
    count(cohort.provider.pk)
    # from what is kept, and straight from the students
    assert figures(cohort).total.matters == {"missing": 1, "sent_back": 1, "goals": 1, "reviews": 2}
    assert figures(cohort, role="tutor").total.matters == {"missing": 1, "sent_back": 0, "goals": 0, "reviews": 0}
    assert figures(cohort, role="tutor2").total.matters == {"missing": 0, "sent_back": 1, "goals": 1, "reviews": 1}
    expected = {
        "missing": ["Student Reed"], "sent_back": ["Student2 Reed"], "goals": ["Plan Ng"],
        "reviews": ["Late Ng", "Mark Ng"],
    }  # fmt: skip
    assert {name: left(cohort, f"matter={name}") for name in expected} == expected


# --- Tutors ---------------------------------------------------------------------------------------------------------


def tutors(cast, query="") -> list[tuple[str, int]]:
    return [(line.name, line.tally.students) for line in get(cast, "cohort_tutors", query).context["page"].object_list]


def of_tutors(cast, query) -> list[tuple[str, int]]:
    """The lines of tutors that the page has for this address."""
    return [(line.name, line.tally.students) for line in figures(cast, query).tutors]


def test_all_tutors_the_worst_first(cohort):
    assert tutors(cohort) == [("Tutor2 Reed", 3), ("Nobody yet", 1), ("Tutor Reed", 1)]
    assert of_tutors(cohort, "year=2024/25") == [("Tutor2 Reed", 1)]


def test_tutors_of_a_phase_or_level_are_those_who_have_such_students(cohort):
    assert of_tutors(cohort, "status=planned") == [("Tutor2 Reed", 1)]
    assert of_tutors(cohort, "risk=not_enough") == [("Nobody yet", 1), ("Tutor2 Reed", 1)]
    says = html(cohort, "cohort_tutors", "?risk=not_enough&status=planned")
    assert "All students who are on their course now; Placement planned; Not enough yet to say." in says
    assert '<span role="status">1 tutor. <a href="/cohort/tutors/">Clear the filters</a></span>' in says
    assert lines(get(cohort, "cohort_tutors", "?status=planned&download=csv"))[1:] == ["Tutor2 Reed,1,0,0,0,,,,0"]
    nobody = html(cohort, "cohort_tutors", "?status=done")
    assert "Nobody matches" in nobody
    assert '<a class="btn btn-primary" href="/cohort/tutors/">Clear the filters</a>' in nobody


def test_pages_of_tutors_have_no_gaps(cohort, monkeypatch):
    monkeypatch.setattr("reviews.cohort.views.lists.PAGE", 1)
    assert tutors(cohort, "?page=3") == [("Tutor Reed", 1)]
    assert tutors(cohort, "?risk=watch") == [("Tutor Reed", 1)]
    second = get(cohort, "cohort_tutors", "?risk=watch&page=2").context["page"]
    assert [line.name for line in second.object_list] == ["Tutor2 Reed"]
    assert second.paginator.count == 2


def test_the_page_shows_the_worst_tutors_of_those_who_are_chosen(cohort, monkeypatch):
    monkeypatch.setattr("reviews.cohort.figures.TUTORS_SHOWN", 1)
    shown = {
        "": [("Tutor2 Reed", 3)], "risk=watch": [("Tutor Reed", 1)], "risk=at_risk": [("Tutor2 Reed", 1)],
        "status=planned&risk=watch": [],
    }  # fmt: skip
    assert {query: of_tutors(cohort, query) for query in shown} == shown


def test_what_is_not_kept_by_tutor_leads_from_the_tutors_to_the_cohort(cohort):
    desk = cohort.coordinator.desks[0]
    for query in ("tutor=0", f"tlevel={cohort.student_record.tlevel_id}", "route=Sales"):
        assert not shows_tutors(CohortFilter(QueryDict(query), desk=desk)), query
    assert get(cohort, "cohort_tutors", "?route=Sales", status=302).url == "/cohort/?route=Sales"


NONSENSE = [
    "year=1999", "risk=red", "tutor=x", "tutor=99999999999999999999", "tlevel=-1", "status=%00", "matter=%00",
]  # fmt: skip
FOUND_NOWHERE = ["tlevel=999999", "route=%00", "q=%00", "q=" + "x" * 3000, "page=x", "download=exe"]


def test_nonsense_in_the_address_is_no_error(cohort):
    for query in NONSENSE + FOUND_NOWHERE:
        assert figures(cohort, query).total.students in (0, 5), query
        assert len(left(cohort, query)) in (0, 5), query
    get(cohort, query="?" + "&".join(NONSENSE))
    get(cohort, "cohort_students", "?" + "&".join(FOUND_NOWHERE))


def test_the_whole_college_shows_numbers_of_worries_and_checks(cohort):
    student, now = cohort.student_record, timezone.now()
    Concern.objects.create(
        provider=cohort.provider, student=student, kind=ConcernKind.objects.first(), due_at=now - timedelta(hours=1)
    )
    kind = CheckKind.objects.filter(provider=cohort.provider).first()
    for days, site in ((-1, None), (20, cohort.employer.sites.first())):
        expires_on = TODAY + timedelta(days=days)
        Check.objects.create(
            employer=cohort.employer, site=site, kind=kind, wording=kind.title, checked_on=date(2025, 1, 1),
            checked_by="Grace Bell", expires_on=expires_on,
        )  # fmt: skip
    around = undrawn(cohort)["around"]
    assert (around.worries, around.lapsed, around.lapsing) == (1, 1, 1)


def test_an_overdue_review_is_among_what_is_the_matter(cohort):
    Meeting.objects.create(placement=cohort.placement, title="Midway", due_on=TODAY - timedelta(days=1))
    add_up(cohort.provider)
    assert left(cohort, "matter=reviews") == ["Student Reed"]
    assert figures(cohort).total.matters["reviews"] == 1


def test_an_empty_college_says_what_comes(cast):
    office = html(cast)
    assert "once there are some on their course" in office
    assert '<a class="btn btn-primary" href="/imports/new/students/">' in office
    tutor = html(cast, role="tutor")
    assert "The placement office decides who your students are." in tutor
    assert "Import students" not in tutor
    assert "No students yet" in html(cast, "cohort_students")
    assert "No tutors to show" in html(cast, "cohort_tutors")
    assert "Not enough answers yet" in html(cast, "cohort_employers")


# --- Whose ----------------------------------------------------------------------------------------------------------


def test_a_tutor_sees_their_own_students_only(cohort):
    response = get(cohort, role="tutor")
    page, text = response.context, words(response)
    assert page["figures"].total.students == 1
    assert (page["figures"].tutors, page["qualities"]) == ([], [])
    assert left(cohort, f"tutor={cohort.tutor2.pk}", role="tutor") == ["Student Reed"]
    assert "My cohort" in text
    assert "Progress by tutor" not in text
    assert "The placement office can compare them." in text  # years are not kept by tutor


def test_another_provider_sees_nothing_of_it(cohort):
    assert figures(cohort, role="other_coordinator").total.students == 1
    assert names_on(get(cohort, "cohort_students", role="other_coordinator")) == ["Other Student Reed"]
    assert left(cohort, f"tutor={cohort.tutor.pk}", role="other_coordinator") == []


# --- Years ----------------------------------------------------------------------------------------------------------


def a_year(cast, entry_year, monday, **facts):
    spread = dict.fromkeys(("least", "lower", "middle", "upper", "most"), facts.pop("percent"))
    Week.objects.create(provider=cast.provider, entry_year=entry_year, monday=monday, **spread, **facts)


def test_years_are_compared_in_the_same_week_of_their_course(cohort):
    for monday, percent in ((date(2025, 3, 17), 11), (date(2025, 3, 24), 22), (date(2025, 3, 31), 33)):
        a_year(cohort, "2023/24", monday, percent=percent, students=1, placed=1, complete=0, is_later=True)
    page = get(cohort, query="?year=2024/25")
    found, text = page.context["compared"], words(page)
    assert [(year.entry_year, year.then and year.then.middle) for year in found.years] == [
        ("2024/25", 0), ("2023/24", 22),
    ]  # fmt: skip
    assert found.week == 83
    assert "Earlier years were worked out afterwards" in text
    assert "24 March 2025" in text


# --- Employers ------------------------------------------------------------------------------------------------------


def give_feedback(cast, number):
    students = many_students(number, provider=cast.provider)
    for placement in many_placements(students, employer=cast.employer, manager=cast.manager):
        feedback = Feedback.objects.create(placement=placement, recommend="yes")
        statement = FeedbackStatement.objects.filter(retired_at=None).first()
        FeedbackAnswer.objects.create(feedback=feedback, statement=statement, wording=str(statement), value=4)
    add_up_quality(cast.provider.pk, TODAY)


def test_four_answers_are_nothing_and_five_are_shown(cohort):
    give_feedback(cohort, 4)
    page = get(cohort)
    assert page.context["qualities"] == []
    assert "No employer has five answers yet." in words(page)
    give_feedback(cohort, 1)
    [row] = undrawn(cohort)["qualities"]
    assert (row["name"], row["feedback"], row["agree_percent"], row["behaviour"]) == ("Employer", 5, 100, "")
    text = html(cohort, "cohort_employers")
    assert "5 of 5" in text
    assert f"/employers/{cohort.employer.pk}/" in text


# --- To take along --------------------------------------------------------------------------------------------------


def lines(response) -> list[str]:
    return b"".join(response.streaming_content).decode().lstrip("\ufeff").splitlines()


def table(cast, name, query="") -> list[list]:
    """One of the tables to download, with its header."""
    return [TABLES[name].header, *TABLES[name].rows(undrawn(cast, query))]


def test_each_table_is_a_csv_file(cohort):
    assert lines(get(cohort, "cohort_table", args=["risk", "csv"]))[:3] == [
        "How they stand,Students", "Hours cannot be reached,0", "At risk,1",
    ]  # fmt: skip
    assert table(cohort, "tlevels", "route=Sales") == [
        ["T Level", "Students", "At risk", "Hours cannot be reached", "Least %", "Lower quarter %", "Middle %",
         "Upper quarter %", "Most %"],
        ["Marketing", 1, 0, 0, 0, None, None, None, 0],
    ]  # fmt: skip
    for name in ("placements", "matters", "tutors", "years", "employers"):
        header, *found = table(cohort, name)
        assert {len(row) for row in found} <= {len(header)}, name


def test_each_table_and_list_is_an_excel_workbook(cohort):
    response = get(cohort, "cohort_table", args=["tutors", "xlsx"])
    found = list(load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values)
    assert [row[:2] for row in found] == [
        ("Tutor", "Students"),
        ("Tutor2 Reed", 3),
        ("Nobody yet", 1),
        ("Tutor Reed", 1),
    ]
    workbook = get(cohort, "cohort_students", "?download=xlsx")
    assert load_workbook(io.BytesIO(b"".join(workbook.streaming_content))).active.max_row == 6


def test_a_filter_that_cannot_be_is_told_on_the_page_and_makes_no_file(cohort):
    for name, args in (
        ("cohort_table", ["risk", "csv"]), ("cohort_pdf", []), ("cohort_print", []), ("cohort_tutors", [])
    ):  # fmt: skip
        response = get(cohort, name, "?status=bogus", args=args, status=302)
        assert response.url == "/cohort/?status=bogus"
    assert "field-error" in html(cohort, query="?status=bogus")
    assert "field-error" in html(cohort, "cohort_students", "?status=bogus&download=csv")


@pytest.mark.parametrize(("name", "kind"), [("risk", "pdf"), ("people", "csv")])
def test_there_is_no_other_table(cohort, name, kind):
    assert get(cohort, "cohort_table", args=[name, kind], status=404).status_code == 404


def test_the_lists_are_files_as_well(cohort):
    found = lines(get(cohort, "cohort_students", "?download=csv&status=planned"))
    assert found[0].startswith(
        "First name,Last name,Year of entry,T Level,Tutor,Placement,Hours in %,How they stand,Why"
    )
    assert len(found) == 2
    assert found[1].startswith("Plan,Ng,2025/26,Digital Software Development,Tutor2 Reed,Placement planned,0,")
    assert len(lines(get(cohort, "cohort_employers", "?download=csv"))) == 1


def test_at_risk_is_the_same_number_of_students_everywhere(cohort):
    Standing.objects.filter(pk__in=[cohort.student_record.pk, cohort.student_record2.pk]).update(level=4)
    count(cohort.provider.pk)
    above = {label: number for label, number, *_ in undrawn(cohort)["levels"]}
    assert (above["At risk"], above["Hours cannot be reached"]) == (1, 2)
    for name in ("tlevels", "tutors"):
        head, *found = table(cohort, name)
        assert head[2:4] == ["At risk", "Hours cannot be reached"]
        assert [sum(row[column] for row in found) for column in (2, 3)] == [1, 2], name
    paper = html(cohort, "cohort_print")
    assert '<th scope="row">Digital Software Development</th><td class="n">4</td>' in paper
    assert (
        paper.count('<th scope="col" class="n">At risk</th><th scope="col" class="n">Hours cannot be reached</th>') == 2
    )


def test_paper_of_fewer_than_five_students_tells_nothing_of_how_they_stand(cohort):
    text = html(cohort, "cohort_print", "?route=Digital")
    assert "<p>Fewer than five students, as of 25 March 2026 at 12:00." in text
    assert "too few for a paper that names nobody" in text
    for told in (
        "On placement",
        "At risk",
        "Watch",
        "with a week missing",
        "4 students",
        "Worries",
        "Progress by",
        '<th scope="row">',
    ):
        assert told not in text


def test_paper_of_five_students_says_how_they_stand_but_nothing_of_a_year_of_fewer(cohort):
    a_student(cohort, "Fifth")
    add_up(cohort.provider)
    a_year(cohort, "2024/25", date(2025, 3, 17), percent=100, students=4, placed=3, complete=2)
    text = html(cohort, "cohort_print", "?year=2025/26")
    assert "<p>5 students, as of" in text
    assert '<th scope="row">Watch</th><td class="n">2</td>' in text
    assert "Hours alone do not complete a placement" in text
    assert '<th scope="row">2025/26</th><td class="n">5</td><td class="n">2</td><td class="n">0</td>' in text
    assert '<th scope="row">2024/25</th><td class="n" colspan="6">fewer than five students</td>' in text


def test_paper_for_the_governors_names_no_student(cohort):
    text = html(cohort, "cohort_print")
    assert "<title>Cohort of Northfield College</title>" in text
    assert "Industry placements: the cohort" in text
    assert "too few to show" in text
    for student in Student.objects.filter(provider=cohort.provider).select_related("user"):
        assert student.user.name not in text


def test_paper_says_what_was_chosen(cohort):
    text = html(cohort, "cohort_print", "?status=active&route=Digital&tutor=0")
    assert (
        "All students who are on their course now; On placement, under way; Route: Digital; Tutor: nobody yet" in text
    )
    assert undrawn(cohort, f"year=2024/25&tlevel={cohort.student_record.tlevel_id}")["said"] == [
        "Students who began in 2024/25",
        "T Level: Digital Software Development",
    ]


# --- Queries --------------------------------------------------------------------------------------------------------


PAGES = [
    ("cohort", "coordinator", "", 7), ("cohort", "tutor", "", 5),
    ("cohort_print", "coordinator", "", 7), ("cohort_students", "coordinator", "", 5),
    ("cohort_tutors", "coordinator", "", 4),
    ("cohort_tutors", "coordinator", "?risk=watch", 3), ("cohort", "coordinator", "?risk=watch", 7),
    ("cohort_employers", "coordinator", "", 3),
]  # fmt: skip


def test_a_page_takes_so_many_queries_fewer_than_it_has_students(cohort, django_assert_num_queries):
    students = many_students(5, provider=cohort.provider, tutor=cohort.tutor)
    many_placements(students, employer=cohort.employer, manager=cohort.manager)
    add_up(cohort.provider)
    clients = {role: signed_in(getattr(cohort, role)) for role in ("tutor", "coordinator")}
    assert len(left(cohort)) == 10
    for name, role, query, queries in PAGES:
        with django_assert_num_queries(queries):
            clients[role].get(reverse(name) + query)


def test_a_student_shows_how_they_stand_to_staff(cohort):
    page = html(cohort, "student_detail", role="tutor", args=[cohort.student_record.pk])
    assert Standing.objects.get(pk=cohort.student_record.pk).sentence() in page
