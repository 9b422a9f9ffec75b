"""The receipt of the hours: the same numbers as the kept totals, with the rows, rules and weeks behind them."""

import re
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from placements.hours import chart
from placements.hours.models import StudentHours
from placements.hours.projection import projections
from placements.hours.receipt import receipt_for
from placements.hours.receipt_weeks import by_month
from placements.hours.totals import rebuild
from placements.models import Placement
from placements.timesheets.models import Absence, Spell, Timesheet
from students.models import Student
from students.tlevels import rules
from students.tlevels.models import ApproachRule, RuleSet
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory, SpellFactory, TimesheetFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
TODAY = date(2026, 3, 25)  # a Wednesday: three weeks are over


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2026-03-25T12:00Z"):
        yield


def make_week(placement, weeks=0, days=5, status="approved", **spell):
    """A week that many weeks after 2 March, as rows: seven hours on each of so many days."""
    stamps = {}
    if status != "draft":
        stamps = {"handed_in_at": timezone.now(), "handed_in_by": placement.student.user}
    if status == "approved":
        stamps |= {"decided_at": timezone.now(), "decided_by": placement.manager}
    monday = MONDAY + timedelta(weeks=weeks)
    timesheet = TimesheetFactory(placement=placement, monday=monday, minutes=420 * days, status=status, **stamps)
    Spell.objects.bulk_create(
        SpellFactory.build(timesheet=timesheet, day=monday + timedelta(days=n), minutes=420, **spell)
        for n in range(days)
    )
    return timesheet


def receipt_of(cast, today=TODAY):
    return receipt_for(Student.objects.get(pk=cast.student_record.pk), today)


def away(placement, monday, **facts):
    """Absences on all five days of a week."""
    days = (monday + timedelta(days=n) for n in range(5))
    Absence.objects.bulk_create(Absence(placement=placement, day=day, **facts) for day in days)


def test_the_receipt_says_what_the_kept_totals_say_and_its_weeks_why_not_all_counts(cast):
    make_week(cast.placement, approach="taster")
    make_week(cast.placement, 1, days=2, approach="taster")
    make_week(cast.placement, 2, status="handed_in")
    rebuild([cast.student_record.pk])
    receipt, kept = receipt_of(cast), StudentHours.objects.get(student=cast.student_record)
    assert (receipt.counted, receipt.waiting, receipt.not_counted) == (2100, 2100, 840)
    assert (kept.counted, kept.waiting, kept.not_counted) == (2100, 2100, 840)
    assert (receipt.recorded, receipt.required, receipt.to_go) == (2940, 18900, 14700)
    assert [(week.recorded, week.counts, week.reasons) for week in receipt.weeks] == [
        (2100, 2100, []),
        (840, 0, ["14 h: at most 35 h of 'work taster' count"]),
        (2100, 2100, []),
    ]


def test_weeks_name_who_approved_them_when_and_by_which_way(cast):
    make_week(cast.placement)
    make_week(cast.placement, 1, status="handed_in")
    make_week(cast.placement, 2, status="draft")
    paper = make_week(cast.placement, 3, status="draft")
    paper.hand_in(by=cast.tutor)
    paper.approve_from_paper(by=cast.tutor, signed_by="Jo Marsh")
    cast.manager.acts_by_link = True
    make_week(cast.placement, 4, status="handed_in").approve(by=cast.manager)
    assert [week.approval() for week in receipt_of(cast).weeks] == [
        "Manager Reed, 25 March 2026 at 12:00",
        "Waiting since 25 March 2026",
        "Not handed in",
        "Jo Marsh on paper, recorded by Tutor Reed on 25 March 2026 at 12:00",
        "Manager Reed, 25 March 2026 at 12:00, by link",
    ]


def test_coverage_counts_the_weeks_that_are_over_and_no_week_away(cast):
    make_week(cast.placement)
    receipt = receipt_of(cast)
    assert receipt.coverage() == "1 of 3 weeks handed in, 1 approved"
    assert [missing.monday for missing in receipt.missing] == [date(2026, 3, 9), date(2026, 3, 16)]
    assert receipt.missing[0].course.employer == "Employer"
    away(cast.placement, date(2026, 3, 9), kind="sick")
    assert receipt_of(cast).coverage() == "1 of 2 weeks handed in, 1 approved"


def test_before_the_first_week_is_over_the_receipt_says_the_figures_and_the_rules_only(cast):
    receipt = receipt_of(cast, today=MONDAY)
    assert receipt.coverage() == "no week to hand in so far"
    assert chart.standing(receipt) == "0 h count and 0 h wait for approval, of 315 h required."
    assert receipt.rules_sentence() == (
        "Counted by the rules for 2024/25, which hold for placements from September 2024 on: the newest there were "
        "when the first placement began."
    )


def test_shares_by_employer_name_their_placements(cast):
    other = PlacementFactory(
        student=cast.student_record,
        employer=EmployerFactory(provider=cast.provider, name="Second Ltd"),
        manager=cast.manager,
        first_on=date(2026, 3, 16),
        last_on=date(2026, 4, 3),
    )
    make_week(cast.placement)
    make_week(other, 2, days=2, status="handed_in")
    assert [
        (part.name, part.period, part.recorded, part.counts, part.waiting) for part in receipt_of(cast).by_employer
    ] == [
        ("Employer", "2 March 2026 to 31 July 2026", 2100, 2100, 0),
        ("Second Ltd", "16 March 2026 to 3 April 2026", 0, 0, 840),
    ]


def test_shares_by_approach_show_how_much_of_each_cap_is_used(cast):
    make_week(cast.placement, days=3, approach="taster")
    make_week(cast.placement, 1, days=1, approach="taster", status="handed_in")
    parts = {part.name: (part.counts, part.waiting, part.left) for part in receipt_of(cast).by_approach}
    assert parts["Work taster"] == (1260, 420, 420)
    assert parts["Remote"] == (0, 0, 157 * 60 + 30)
    assert len(parts) == 7
    assert [part.name for part in receipt_of(cast).used_approaches] == ["Work taster"]
    assert len(receipt_of(cast).unused_approaches) == 6


def test_newer_rules_that_count_more_are_named(cast):
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 5, 1), source="Guidance of May 2026")
    ApproachRule.objects.create(rule_set=newer, approach="taster", cap_hours=42, any_number_of_employers=True)
    make_week(cast.placement, days=6, approach="taster")
    assert receipt_of(cast).rules_sentence() == (
        "Counted by the rules for 2026/27, which hold for placements from May 2026 on: they are newer than those of "
        "the first placement, and better for the student."
    )


def test_a_student_without_a_placement_has_an_empty_receipt(cast):
    cast.placement.pattern_days.all().delete()
    cast.placement.delete()
    receipt = receipt_of(cast)
    assert (receipt.counted, receipt.weeks, receipt.by_employer, chart.drawn(receipt)) == (0, [], [], "")
    assert receipt.rules_sentence() == (
        "Counted by the rules for 2024/25, which hold for placements from September 2024 on."
    )


def test_approving_may_change_which_hours_count(cast):
    make_week(cast.placement, days=2, approach="skills_hub")
    assert not receipt_of(cast).shifts
    make_week(cast.placement, 1, days=3, approach="small_team", status="handed_in")
    receipt = receipt_of(cast)
    assert (receipt.counted, receipt.waiting, receipt.shifts) == (840, 420, True)


def test_weeks_by_month_come_newest_first():
    weeks = [SimpleNamespace(timesheet=Timesheet(monday=MONDAY + timedelta(weeks=n))) for n in (0, 1, 5)]
    months = by_month(weeks)
    assert [(month.isoformat(), [week.timesheet.monday.day for week in found]) for month, found in months] == [
        ("2026-04-01", [6]),
        ("2026-03-01", [9, 2]),
    ]


# --- the chart ---


def test_every_row_stands_in_the_receipt_in_the_order_of_the_days_and_adds_up_in_the_chart(cast):
    make_week(cast.placement, 1, days=1)
    make_week(cast.placement, 0, days=2)
    make_week(cast.placement, 2, days=1, status="handed_in")
    make_week(cast.placement, 3, days=2, status="draft")
    receipt = receipt_of(cast)
    assert [(line.spent.day.isoformat(), line.counts, line.spent.waiting) for line in receipt.lines] == [
        ("2026-03-02", 420, False),
        ("2026-03-03", 420, False),
        ("2026-03-09", 420, False),
        ("2026-03-16", 420, True),
    ]
    points = chart.points(receipt)
    assert [(point.on.isoformat(), point.counted, point.waiting) for point in points[:5]] == [
        ("2026-03-01", 0, 0),
        ("2026-03-08", 840, 0),
        ("2026-03-15", 1260, 0),
        ("2026-03-22", 1260, 420),
        ("2026-03-29", None, None),
    ]
    assert points[-1].on == date(2026, 8, 2)


def test_the_pace_needed_spreads_the_required_hours_over_the_agreed_days(cast):
    receipt = receipt_of(cast)
    # 110 weekdays from 2 March to 31 July 2026, less Good Friday, Easter Monday and the two holidays in May: 106
    assert chart.needed_by(receipt, date(2026, 3, 8)) == 18900 * 5 // 106
    assert chart.needed_by(receipt, date(2026, 2, 28)) == 0
    assert chart.points(receipt)[-1].needed == 18900
    away(cast.placement, MONDAY, kind="college", foreseen=True)
    assert chart.needed_by(receipt_of(cast), date(2026, 3, 8)) == 0  # told in advance, they ask for nothing


def test_standing_compares_with_the_pace_of_the_last_complete_week(cast):
    make_week(cast.placement)
    make_week(cast.placement, 1, status="handed_in")
    assert chart.standing(receipt_of(cast)) == (
        "35 h count and 35 h wait for approval, of 315 h required. Together that is 25 h 26 min ahead of the pace "
        "needed by 22 March 2026, which was 44 h 34 min."
    )


def test_the_projection_is_that_of_the_lists(cast):
    make_week(cast.placement)
    make_week(cast.placement, 1)
    rebuild([cast.student_record.pk])
    receipt = receipt_of(cast)
    listed = Student.objects.select_related("hours").get(pk=cast.student_record.pk)
    assert receipt.projection == projections([listed], TODAY)[listed.pk]
    assert receipt.projection.coverage() == "2 of 3 weeks handed in"


# --- the page ---


PAST_THE_CAP = (
    "14 h of the last 4 complete weeks do not count (at most 35 h of 'work taster' count), and the pace is that of the "
    "hours that do."
)


def test_hours_past_a_cap_are_named_where_they_leave_somebody_short_at_this_pace(cast):
    make_week(cast.placement, approach="taster")
    make_week(cast.placement, 1, days=2, approach="taster")
    make_week(cast.placement, 2, status="handed_in")
    rebuild([cast.student_record.pk])
    assert (receipt_of(cast).projection.state, receipt_of(cast).slowed()) == ("on_course", "")
    Placement.objects.filter(pk=cast.placement.pk).update(last_on=date(2026, 5, 29))
    assert receipt_of(cast).slowed() == PAST_THE_CAP
    assert PAST_THE_CAP in unescape(words(page(cast.student, reverse("hours_receipt_own"))))


def test_nothing_is_said_of_caps_where_all_hours_count(cast):
    for weeks in range(3):
        make_week(cast.placement, weeks, days=2)
    receipt = receipt_of(cast)
    assert (receipt.projection.state, receipt.slowed()) == ("short", "")


def page(user, path):
    return signed_in(user).get(path).content.decode()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_figure_rows_rules_and_chart(cast):
    week = make_week(cast.placement, approach="taster")
    make_week(cast.placement, 1, days=2, approach="taster")
    html = page(cast.tutor, reverse("hours_receipt", args=[cast.student_record.pk]))
    assert "Student Reed: hours" in html
    assert "35 h of 315 h count" in words(html)
    assert "2 of 3 weeks handed in, 2 approved" in html
    assert "14 h: at most 35 h of &#x27;work taster&#x27; count" in html
    assert "Counted by the rules for 2024/25" in html
    assert reverse("rules") in html
    assert f'href="{week.get_absolute_url()}"' in html
    assert '<svg class="chart"' in html
    assert "09:00 to 17:00, break 60 min" in html
    assert reverse("statement", args=[cast.student_record.pk]) in html


def test_the_student_sees_the_same_under_their_own_address(cast):
    make_week(cast.placement)
    html = page(cast.student, reverse("hours_receipt_own"))
    assert "<h1>My hours</h1>" in html
    assert "35 h of 315 h count" in words(html)
    assert reverse("week_open", args=[cast.placement.pk, date(2026, 3, 9)]) in html


def test_the_page_takes_the_same_queries_for_one_week_and_for_three(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    rules.rule_sets()  # read once and then remembered
    make_week(cast.placement)
    with django_assert_num_queries(8):
        client.get(reverse("hours_receipt_own"))
    make_week(cast.placement, 1)
    make_week(cast.placement, 2)
    with django_assert_num_queries(8):
        client.get(reverse("hours_receipt_own"))


def test_an_empty_receipt_is_a_page_as_well(cast):
    html = page(cast.student2, reverse("hours_receipt_own"))
    assert "Nothing written down yet" in html
    assert "Nothing is handed in so far" in html
