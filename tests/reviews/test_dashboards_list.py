"""The list of students, of a tutor and of a coordinator: rows, filters, order, pages, downloads, figures."""

import io
import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from employers.checks.models import Check, CheckKind
from employers.models import Employer
from placements.concerns.models import Concern, ConcernKind
from placements.goals.models import LearningGoal
from placements.hours.totals import gathered
from placements.induction.models import Induction
from placements.models import Placement
from placements.timesheets.models import Flag
from portal.paging import COUNTED_AT_MOST, BoundedPaginator, in_words
from portal.people.models import User
from reviews.dashboards.filters import StudentFilter
from reviews.dashboards.queries import listed, students_of
from reviews.dashboards.rows import COLUMNS, Row, all_rows
from reviews.meetings.models import Meeting
from reviews.risk.keeping import reckon
from students.models import Student
from students.tlevels.models import TLevel
from tests.conftest import signed_in
from tests.factories import (
    EmployerFactory,
    PlacementFactory,
    StudentFactory,
    many_placements,
    many_students,
)
from tests.reviews.weeks import MONDAY, a_week

pytestmark = pytest.mark.django_db
HOMES = {"tutor": "tutor_home", "coordinator": "coordinator_home"}


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2026-03-25T12:00Z", tick=False):
        yield


def get(cast, role="tutor", query="", status=200):
    response = signed_in(getattr(cast, role)).get(reverse(HOMES[role]) + query)
    assert response.status_code == status
    return response


def names(cast, role="tutor", query="") -> list[str]:
    return [row.name for row in get(cast, role, query).context["page"]]


def chosen(cast, role="tutor", query="") -> StudentFilter:
    user = getattr(cast, role)
    desk = user.desks[0]
    return StudentFilter(QueryDict(query), students=students_of(desk, user), desk=desk)


def rows(cast, role="tutor", query="") -> list[Row]:
    """The rows that the filters of a list leave, in its order, without its page."""
    return list(all_rows(chosen(cast, role, query), timezone.localdate()))


def found(cast, role, query) -> list[str]:
    """Whom the filters of a list leave, in its order: for a coordinator without Student2."""
    left = chosen(cast, role, query)
    students = left.qs.order_by(*left.order).select_related("user")
    return [student.name for student in students if student.name != "Student2 Reed"]


def a_student(cast, first_name, last_name="Reed", **facts):
    facts = {"provider": cast.provider, "tutor": cast.tutor} | facts
    return StudentFactory(user__first_name=first_name, user__last_name=last_name, **facts)


# --- A row ----------------------------------------------------------------------------------------------------------


def test_a_row_says_where_how_far_at_what_pace_and_what_is_amiss(cast):
    with gathered():
        for weeks in range(2):
            a_week(cast.placement, weeks)
        a_week(cast.placement, 2, days=3, status="handed_in")
    [row] = rows(cast)
    assert (row.name, row.employer, row.student.tlevel_title) == (
        "Student Reed",
        "Employer",
        "Digital Software Development",
    )
    assert (row.student.counted, row.student.waiting, row.to_go) == (70 * 60, 21 * 60, 224 * 60)
    assert row.projection.sentence() == "At this pace done on 15 May 2026"
    assert row.pace == "Pace 87%, 3 of 3 weeks handed in"
    assert (row.last_week, row.is_missing, row.flags) == ("16 March", False, 0)


def test_the_page_shows_the_row_in_words(cast):
    a_week(cast.placement)
    html = " ".join(get(cast, query="?sort=hours").content.decode().split())
    assert f'<a href="/students/{cast.student_record.pk}/">Student Reed</a>' in html
    assert f'<a href="/students/{cast.student_record.pk}/hours/">280 h to go<span' in html
    assert "35 h of 315 h" in html
    assert "1 of 3 weeks handed in" in html
    assert "missing since 9 March" in html
    assert "No goals agreed" in html
    assert '<details class="more filters-more">' in html


def test_dates_of_another_year_have_their_year(cast):
    a_week(cast.placement)
    with time_machine.travel("2027-01-06T12:00Z", tick=False):
        [row] = rows(cast)
    assert (row.last_week, row.missing_since) == ("2 March 2026", "9 March 2026")


def test_the_employer_is_where_the_student_is_else_will_be_else_was(cast):
    def placed(employer, status):
        employer = EmployerFactory(provider=cast.provider, name=employer)
        many_placements([cast.student_record], employer=employer, manager=cast.manager, status=status)

    placed("Old Mill", Placement.Status.ENDED)
    assert [row.employer for row in rows(cast)] == ["Employer"]
    Placement.objects.filter(pk=cast.placement.pk).delete()
    assert [row.employer for row in rows(cast)] == ["Old Mill"]
    placed("New Mill", Placement.Status.PLANNED)
    assert [row.employer for row in rows(cast)] == ["New Mill"]


def test_two_employers_at_the_same_time_are_both_named(cast):
    PlacementFactory(student=cast.student_record, employer=EmployerFactory(provider=cast.provider, name="Second"))
    assert [row.employer for row in rows(cast)] == ["Employer and Second"]


# --- How it stands, and what stands beside the hours -----------------------------------------------------------------


def beside(cast, role="tutor") -> list[str]:
    """What the first row says beside the hours; what is amiss ends with an exclamation mark."""
    return [line.says + "!" * line.is_amiss for line in rows(cast, role)[0].beside]


def test_a_row_says_how_the_student_stands_with_the_reason_never_a_bare_colour(cast):
    with gathered():
        for weeks in range(3):
            a_week(cast.placement, weeks)
    [row] = rows(cast)
    assert row.risk.label == "On track"
    assert row.risk.reasons[-1].endswith("days before 31 July 2027.")


def test_the_first_reason_stands_there_and_further_ones_fold(cast):
    a_week(cast.placement, 0)
    reckon([cast.student_record.pk])
    response = get(cast)
    [row] = response.context["page"]
    assert "On placement without learning goals that tutor and line manager agreed to." in row.risk.reasons
    assert "Watch</span>" in response.text
    assert row.risk.reasons[0] in response.text
    assert f"{len(row.risk.reasons) - 1} more<span" in response.text


def test_a_placement_that_has_just_begun_lacks_goals_and_its_induction(cast):
    assert beside(cast) == ["No goals agreed!", "Induction open"]
    Induction.objects.create(placement=cast.placement, third_day_on=date(2026, 3, 4))
    assert beside(cast) == ["No goals agreed!", "Induction overdue!"]


def test_what_is_in_order_is_said_as_calmly(cast):
    now = timezone.now()
    Induction.objects.create(
        placement=cast.placement, status="confirmed", handed_over_at=now, decided_at=now, decided_by=cast.manager,
        done_on=MONDAY,
    )  # fmt: skip
    for number in (1, 2):
        LearningGoal.objects.create(
            placement=cast.placement, number=number, wording="Learn", tutor_agreed_at=now, manager_agreed_at=now
        )
    Meeting.objects.create(placement=cast.placement, title="Midway", due_on=date(2026, 4, 20))
    assert beside(cast) == ["2 goals agreed", "Induction confirmed", "Review due 20 April"]


def test_where_the_placement_is_over_nothing_is_open_and_goals_are_not_counted(cast):
    now = timezone.now()
    over = PlacementFactory(
        student=a_student(cast, "Ada", "Ng"), first_on=date(2026, 1, 5), last_on=date(2026, 2, 27), status="ended"
    )
    LearningGoal.objects.create(placement=over, number=1, wording="Learn", tutor_agreed_at=now, manager_agreed_at=now)
    a_student(cast, "Bo", "Ng")
    response = get(cast, query="?q=ng")
    nothing = re.findall(r'data-label="Goals and reviews">(Nothing \w+)</td>', response.content.decode())
    assert nothing == ["Nothing open", "Nothing yet"]
    assert [COLUMNS["Goals agreed"](row) for row in response.context["page"]] == [None, 0]


def test_a_review_past_its_day_and_a_lapsing_check_are_amiss(cast):
    Meeting.objects.create(placement=cast.placement, title="Week one", due_on=date(2026, 3, 9))
    kind = CheckKind.objects.create(provider=cast.provider, title="Insurance")
    Check.objects.create(
        employer=cast.employer, kind=kind, checked_on=date(2025, 4, 1), expires_on=date(2026, 4, 2), checked_by="Cora"
    )
    assert beside(cast)[-2:] == ["Review was due 9 March!", "A check lapses on 2 April!"]
    CheckKind.objects.filter(pk=kind.pk).update(scope="site")
    assert "A check lapses on 2 April!" not in beside(cast)  # of the employer's own address: the placement is at a site
    assert found(cast, "tutor", "beside=checks") == []
    CheckKind.objects.filter(pk=kind.pk).update(scope="employer")
    assert found(cast, "tutor", "beside=checks") == ["Student Reed"]
    CheckKind.objects.filter(pk=kind.pk).update(is_used=False)
    assert "A check lapses on 2 April!" not in beside(cast)


def test_a_worry_counts_for_whoever_may_read_it_and_says_no_more(cast):
    kind = ConcernKind.objects.filter(is_accident=False).first()
    Concern.objects.create(provider=cast.provider, student=cast.student_record, kind=kind, due_at=timezone.now())
    assert "A worry is open!" in beside(cast)
    assert "A worry is open!" not in beside(cast, "coordinator")
    assert found(cast, "tutor", "beside=worries") == ["Student Reed"]
    assert rows(cast, "coordinator", "beside=worries") == []


def test_filters_by_how_it_stands_and_what_stands_beside(cast):
    Meeting.objects.create(placement=cast.placement, title="Week one", due_on=date(2026, 3, 9))
    reckon([cast.student_record.pk])
    Placement.objects.filter(pk=cast.placement2.pk).update(status="planned")
    expected = {
        "risk=watch": ["Student Reed"],
        "risk=out_of_reach": [],
        "risk=watch&year=2025/26": ["Student Reed"],
        "year=2024/25": [],
        "beside=goals": ["Student Reed"],
        "beside=induction": ["Student Reed"],
        "beside=reviews": ["Student Reed"],
        "beside=checks": [],
    }
    assert {query: found(cast, "coordinator", query) for query in expected} == expected


def test_nonsense_in_a_filter_leaves_everybody(cast):
    expected = {query: ["Student Reed"] for query in ("risk=purple", "beside=%00", "year=%00", "risk=" + "x" * 3000)}
    assert {query: found(cast, "tutor", query) for query in expected} == expected


# --- Whose students -------------------------------------------------------------------------------------------------


def test_a_tutor_sees_their_own_students_and_no_others(cast):
    assert [row.name for row in rows(cast)] == ["Student Reed"]
    assert rows(cast, "tutor", "q=student2") == []


def test_a_coordinator_sees_all_students_of_the_provider_also_those_without_a_placement(cast):
    a_student(cast, "Nobody", "Yet", tutor=None)
    response = get(cast, "coordinator")
    assert [row.name for row in response.context["page"]] == ["Student Reed", "Student2 Reed", "Nobody Yet"]
    html = response.content.decode()
    assert "No placement yet" in html
    assert "Other Student" not in html


# --- Filters --------------------------------------------------------------------------------------------------------


def test_filters(cast):
    with gathered():
        ada = a_student(cast, "Ada", "Ng", uln="1000000000")
        PlacementFactory(student=ada, employer=EmployerFactory(provider=cast.provider, name="Harbour Robotics"))
        PlacementFactory(student=a_student(cast, "Bo", "Planned"), status=Placement.Status.PLANNED)
        a_student(cast, "Cy", "Without")
    expected = {
        "q=ada": ["Ada Ng"],
        "q=ng+ada": ["Ada Ng"],
        "q=1000000": ["Ada Ng"],
        "q=harbour": ["Ada Ng"],
        "q=ada+mill": [],
        "employer=harb": ["Ada Ng"],
        "employer=ada": [],
        "status=active": ["Ada Ng", "Student Reed"],
        "status=planned": ["Bo Planned"],
        "status=without": ["Cy Without"],
        "status=done": [],
        "status=active&q=ada": ["Ada Ng"],
    }
    assert {query: found(cast, "coordinator", query) for query in expected} == expected


def test_filter_by_what_is_the_matter_with_the_weeks(cast):
    def somebody(name, status, days_ago):
        with time_machine.travel(f"2026-03-{25 - days_ago}T12:00Z", tick=False):
            placement = PlacementFactory(
                student=a_student(cast, name), first_on=date(2026, 3, 16), last_on=date(2026, 3, 20)
            )
            return a_week(placement, 2, status=status)

    with gathered():
        somebody("Old", "handed_in", 5)
        somebody("Back", "sent_back", 1)
        fresh = somebody("Fresh", "handed_in", 1)
    Flag.objects.create(timesheet=fresh, code="long_day", day=fresh.monday, says="9 h on one day.")
    expected = {
        "missing": ["Back Reed", "Student Reed"],
        "waiting": ["Fresh Reed", "Old Reed"],
        "unanswered": ["Old Reed"],
        "sent_back": ["Back Reed"],
        "flagged": ["Fresh Reed"],
    }
    assert {weeks: found(cast, "tutor", f"weeks={weeks}") for weeks in expected} == expected


def test_a_week_that_came_back_is_missing_until_it_is_handed_in_again(cast):
    a_week(cast.placement, 0, status="sent_back")
    assert found(cast, "tutor", "weeks=missing") == ["Student Reed"]


def test_filter_by_where_the_pace_leads(cast):
    with gathered():
        short = PlacementFactory(student=a_student(cast, "Sam"), last_on=date(2026, 4, 10))
        PlacementFactory(student=a_student(cast, "New"), first_on=date(2026, 3, 23))
        for weeks in range(3):
            a_week(cast.placement, weeks)
            a_week(short, weeks)
    expected = {"short": ["Sam Reed"], "on_course": ["Student Reed"], "silent": ["New Reed"]}
    left = {finish: [row.name for row in rows(cast, query=f"finish={finish}")] for finish in expected}
    assert left == expected
    for role in HOMES:
        assert names(cast, role, "?finish=short&status=active") == ["Sam Reed"]


def test_filter_by_tlevel_offers_the_tlevels_of_the_caseload(cast):
    finance = TLevel.objects.exclude(pk=cast.student_record.tlevel_id).first()
    a_student(cast, "Ada", tlevel=finance)
    response = get(cast, query=f"?tlevel={finance.pk}")
    assert [row.name for row in response.context["page"]] == ["Ada Reed"]
    html = response.content.decode()
    assert '<details class="more filters-more" open>' in html
    assert f'<option value="{finance.pk}" selected>{finance.title}</option>' in html
    assert f'<option value="{cast.student_record.tlevel_id}">Digital Software Development</option>' in html


def test_a_coordinator_filters_by_tutor(cast):
    a_student(cast, "Nobody", tutor=None)
    assert [row.name for row in rows(cast, "coordinator", f"tutor={cast.tutor2.pk}")] == ["Student2 Reed"]
    response = get(cast, "coordinator", "?tutor=0")
    assert [row.name for row in response.context["page"]] == ["Nobody Reed"]
    assert f'<option value="{cast.tutor2.pk}">Tutor2 Reed</option>' in response.content.decode()


def test_a_tutor_has_no_filter_by_tutor(cast):
    assert found(cast, "tutor", f"tutor={cast.tutor2.pk}") == ["Student Reed"]


@pytest.mark.parametrize("role", HOMES)
def test_a_filter_that_is_nonsense_is_said_and_ignored(cast, role):
    response = get(cast, role, "?status=sleeping&tlevel=abc&risk=purple&beside=%00&year=%00&page=900")
    assert "Student Reed" in [row.name for row in response.context["page"]]
    assert "things to put right" in response.content.decode()


def test_nothing_found_offers_the_whole_list(cast):
    html = get(cast, query="?q=zzz").content.decode()
    assert "No student matches" in html
    assert "0 students found." in html


# --- Order, pages, and the address ----------------------------------------------------------------------------------


@pytest.mark.database
def test_order(cast):
    Placement.objects.filter(student=cast.student_record2).delete()
    cast.student_record2.delete()
    with gathered():
        ada = PlacementFactory(student=a_student(cast, "Ada", "Bell"))
        a_student(cast, "Cy", "Zed")
        a_week(cast.placement, 0, days=3)
        a_week(ada, 0, days=2)
        a_week(ada, 1, days=5, status="handed_in")
    expected = {
        "name": ["Ada Bell", "Student Reed", "Cy Zed"],
        "-name": ["Cy Zed", "Student Reed", "Ada Bell"],
        "hours": ["Cy Zed", "Ada Bell", "Student Reed"],
        "-hours": ["Student Reed", "Ada Bell", "Cy Zed"],
        "to_go": ["Ada Bell", "Student Reed", "Cy Zed"],
        "-to_go": ["Cy Zed", "Student Reed", "Ada Bell"],
        "last": ["Cy Zed", "Student Reed", "Ada Bell"],
        "-last": ["Ada Bell", "Student Reed", "Cy Zed"],
    }
    assert {sort: found(cast, "coordinator", f"sort={sort}&year=2025/26") for sort in expected} == expected
    caseload = Student.objects.filter(tutor=cast.tutor).values("pk")
    for sort, order in expected.items():
        assert [f"{row.first_name} {row.last_name}" for row in listed(cast.tutor.desks[0], caseload, sort)] == order


@pytest.fixture
def crowd(cast):
    """The cast, and 52 students of the tutor, from Ada00 to Ada51."""
    people = [student.user for student in many_students(52, provider=cast.provider, tutor=cast.tutor)]
    for number, person in enumerate(people):
        person.first_name, person.last_name = f"Ada{number:02}", "Reed"
    User.objects.bulk_update(people, ["first_name", "last_name"])
    return cast


def test_pages_of_fifty_keep_the_filters_in_their_addresses(crowd):
    first = get(crowd, "coordinator", "?q=ada&sort=-name&status=")
    assert len(first.context["page"].object_list) == 50
    html = first.content.decode().replace("&amp;", "&")
    assert "52 students found" in html
    assert 'href="?q=ada&sort=-name&page=2#students"' in html
    assert 'href="?q=ada&sort=-name&download=csv"' in html
    for role in HOMES:
        assert names(crowd, role, "?q=ada&sort=-name&page=2#students") == ["Ada01 Reed", "Ada00 Reed"]


def test_pages_of_everybody_go_on_where_the_one_before_ended(crowd):
    assert names(crowd, "tutor", "?page=2") == ["Ada50 Reed", "Ada51 Reed", "Student Reed"]
    assert names(crowd, "coordinator", "?page=2") == ["Ada50 Reed", "Ada51 Reed", "Student Reed", "Student2 Reed"]


def test_filters_fold_away_unless_one_of_them_is_in_use(cast):
    for query, is_open in (("", False), ("q=ada&sort=hours", False), ("status=active", True)):
        assert chosen(cast, query=query).is_open is is_open, query


def test_a_very_long_list_is_counted_no_further_than_needed():
    paginator = BoundedPaginator(range(3), 50, found=COUNTED_AT_MOST + 1)
    assert (paginator.count, paginator.num_pages, paginator.has_more) == (5000, 100, True)
    short = BoundedPaginator(range(3), 50, found=3)
    assert (short.count, short.num_pages, short.has_more) == (3, 1, False)


@pytest.mark.database
def test_a_paginator_counts_by_itself_where_nobody_did(cast):
    assert BoundedPaginator(Student.objects.order_by("pk")).count == 3


# --- Figures --------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_every_figure_counts_the_list_that_it_opens(cast):
    with gathered():
        a_student(cast, "Without")
        PlacementFactory(student=a_student(cast, "Planned"), status=Placement.Status.PLANNED)
        waiting = PlacementFactory(student=a_student(cast, "Waiting"), first_on=MONDAY, last_on=date(2026, 3, 6))
        a_week(waiting, status="handed_in")
    response = get(cast, "coordinator")
    assert '<a href="?#students" aria-current="true">students</a>' in response.text
    figures = {label: (query, number) for label, query, number, _ in response.context["figures"]}
    assert {label: number for label, (_, number) in figures.items()} == {
        "students": "5",
        "without a placement": "1",
        "on placement": "3",
        "with a week missing": "2",
        "with a week waiting": "1",
    }
    for query, number in figures.values():
        assert chosen(cast, "coordinator", query.removeprefix("?")).qs.count() == int(number)


@pytest.mark.database
def test_names_are_found_whatever_their_accents_and_apostrophes(cast):
    a_student(cast, "Zoë", "Núñez-O’Brien", tutor=cast.tutor)
    Employer.objects.filter(pk=cast.employer.pk).update(name="St Oswin’s")
    for role in ("tutor", "coordinator"):
        for typed, first in {"zoe": "Zoë", "nunez": "Zoë", "o'brien": "Zoë", "oswin's": "Student"}.items():
            assert [row.student.first_name for row in rows(cast, role, f"q={typed}")] == [first], typed


def test_what_changes_the_list_leads_to_it_and_the_figure_that_it_shows_is_marked(cast):
    html = get(cast, "coordinator", "?weeks=missing&sort=-hours").content.decode()
    assert '<a href="?weeks=missing#students" aria-current="true">with a week missing</a>' in html
    assert html.count('aria-current="true"') == 1
    assert '<form class="filters students-filter" id="students" method="get" action="#students"' in html
    assert 'href="?weeks=missing&amp;sort=hours#students"' in html


def test_a_figure_past_what_is_counted_says_so():
    assert [in_words(number) for number in (0, 4321, 5000, 5001)] == ["0", "4,321", "5,000", "5,000+"]


# --- Downloads ------------------------------------------------------------------------------------------------------

HEADER = (
    "First name,Last name,ULN,T Level,Tutor,Employer,Placement,Hours counted,Hours waiting,Hours required,Hours to go,"
    "Pace in %,Projected finish,What the pace says,Last week handed in,A week is missing,"
    "How it stands,Why,What this rests on,Goals agreed,Induction,Next review,Open worries,A check lapses on,To look at"
)


def test_what_is_shown_can_be_downloaded_as_csv(cast):
    a_week(cast.placement, 0)
    a_week(cast.placement, 1, days=3)
    a_student(cast, "Ada", "Ng", uln="1000000000", tutor=cast.tutor)
    response = get(cast, query="?download=csv")
    assert response["Content-Disposition"] == 'attachment; filename="students-2026-03-25.csv"'
    assert b"".join(response.streaming_content).decode("utf-8-sig").splitlines() == [
        HEADER,
        "Ada,Ng,1000000000,Digital Software Development,Tutor Reed,,Without a placement,0.00,0.00,315.00,315.00,,,"
        "No placement yet,,no,Not enough yet to say,No placement yet. 70 weeks are left until 31 July 2027.,"
        "No placement yet,0,,,0,,0",
        "Student,Reed,,Digital Software Development,Tutor Reed,Employer,On placement,56.00,0.00,315.00,259.00,80,"
        '22/05/2026,At this pace done on 22 May 2026,09/03/2026,yes,Watch,"Not everything is handed in for the week of '
        '16 March 2026. At this pace done on 22 May 2026, 435 days before 31 July 2027.","Of the last weeks, 2 of 3 '
        'weeks handed in",0,Induction open,,0,,0',
    ]


def test_a_download_holds_all_students_of_the_provider_and_no_others_not_only_the_page(crowd):
    response = get(crowd, "coordinator", "?sort=-name&download=csv&page=2")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    names = [line.split(",")[0] for line in lines[1:]]
    assert len(names) == 54
    assert names[:3] == ["Student2", "Student", "Ada51"]
    assert names[-1] == "Ada00"


def test_what_is_shown_can_be_downloaded_as_a_workbook(cast):
    a_week(cast.placement, 0)
    a_week(cast.placement, 1, days=3)
    response = get(cast, query="?download=xlsx&finish=on_course")
    [header, row] = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=True)
    assert ",".join(header) == HEADER
    assert row[:3] == ("Student", "Reed", None)
    assert row[7:11] == (56, 0, 315, 259)
    assert row[12].date() == date(2026, 5, 22)


# --- Queries --------------------------------------------------------------------------------------------------------


def queries_of(cast, role, query=""):
    client = signed_in(getattr(cast, role))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{reverse(HOMES[role])}?{query}")
    assert response.status_code == 200
    return len(queries)


@pytest.mark.database
def test_the_number_of_queries_is_that_whatever_the_number_of_students(cast):
    @gathered()
    def more(number):
        students = many_students(number, provider=cast.provider, tutor=cast.tutor)
        for placement in many_placements(students, employer=cast.employer, manager=cast.manager):
            a_week(placement, 0, days=1, status="sent_back")
            a_week(placement, 1, days=1, status="handed_in")

    # the placements that start soon, their days; checks, goals and agreement, without which none starts
    expected = {"tutor": 13, "tutor?status=active": 13, "coordinator": 9}  # one for the steps until there is an address
    for number in (1, 2):
        more(number)
        students = many_students(number, provider=cast.provider, tutor=cast.tutor)
        many_placements(students, employer=cast.employer, manager=None, status="planned", first_on=date(2026, 4, 1))
        assert {page: queries_of(cast, *page.partition("?")[::2]) for page in expected} == expected
