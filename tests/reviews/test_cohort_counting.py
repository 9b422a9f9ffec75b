"""The cohort's figures as they are added up: they agree with the standings, follow them, and keep the weeks."""

from collections import Counter
from datetime import date, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from employers.models import Employer
from placements.ending.models import Feedback, FeedbackAnswer, FeedbackStatement
from placements.hours.totals import gathered
from placements.models import Placement
from portal.clock import tick
from reviews.cohort.clock import add_up_cohorts
from reviews.cohort.counting import count, is_due, sums_of
from reviews.cohort.models import ALL, CURRENT, NOBODY, Cell, Counted, Quality, Week
from reviews.cohort.past import work_out_past, work_out_year
from reviews.cohort.quality import add_up_quality
from reviews.cohort.tally import Tally
from reviews.forms.models import Answer, ReviewForm
from reviews.risk.keeping import reckon
from reviews.risk.models import Standing
from students.models import Student
from students.tlevels.models import RequiredHours, RuleSet
from tests.factories import PlacementFactory, StudentFactory, many_placements, many_students
from tests.reviews.weeks import MONDAY, a_week

pytestmark = [pytest.mark.django_db, pytest.mark.database]
set_signed_off_apart = import_module("reviews.risk.migrations.0005_signed_off_apart").set_signed_off_apart
TODAY = date(2026, 3, 25)


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-25T12:00Z", tick=False) as traveller:
        yield traveller


@gathered()
def three_weeks(placement):
    """Three approved weeks of 35 hours: 33%."""
    for weeks in range(3):
        a_week(placement, weeks)


def added_up(provider):
    reckon(Student.objects.filter(provider=provider).values_list("pk", flat=True))
    count(provider.pk)


def cell(provider, **which) -> Cell:
    return Cell.objects.get(provider=provider, **{"entry_year": CURRENT, "tlevel": ALL, "tutor": ALL} | which)


# --- Cells ----------------------------------------------------------------------------------------------------------


def test_cells_hold_students_by_t_level_tutor_and_year_of_entry(cast):
    with gathered():
        for weeks in range(3):
            a_week(cast.placement, weeks)
        StudentFactory(provider=cast.provider, tutor=None)
        StudentFactory(provider=cast.provider, tutor=cast.tutor, entry_year="2020/21")
    added_up(cast.provider)
    assert cell(cast.provider).students == 3
    assert cell(cast.provider).counts == {"active|2": {"33": 1, "0": 1}, "without|1": {"0": 1}}
    assert cell(cast.provider, tutor=cast.tutor.pk).students == 1
    assert cell(cast.provider, tutor=NOBODY).students == 1
    tlevel = cast.student_record.tlevel_id
    assert cell(cast.provider, tlevel=tlevel).students == 3
    assert cell(cast.provider, tlevel=tlevel, tutor=NOBODY).students == 1
    assert cell(cast.provider, entry_year="2020/21").students == 1
    assert cell(cast.provider, entry_year="2025/26").students == 3
    assert not Cell.objects.filter(provider=cast.other_provider).exists()
    assert Counted.objects.get(pk=cast.provider.pk).students == 4


@gathered()
def six_students(cast):
    """Two on placement (one with a week), two whose placement is planned, two whose placement is over."""
    for number in range(6):
        status = [Placement.Status.ACTIVE, Placement.Status.PLANNED, Placement.Status.ENDED][number % 3]
        student = StudentFactory(provider=cast.provider, tutor=cast.tutor if number % 2 else None)
        placement = PlacementFactory(student=student, status=status)
        for weeks in range(number // 3 if status == Placement.Status.ACTIVE else 0):
            a_week(placement, weeks, days=number)


def test_what_is_kept_and_what_is_computed_agree(cast):
    six_students(cast)
    added_up(cast.provider)
    kept = {
        (row.entry_year, row.tlevel, row.tutor): {
            "students": row.students, "at_risk": row.at_risk, "counts": row.counts, "matters": row.matters,
        }
        for row in Cell.objects.filter(provider=cast.provider)
    }  # fmt: skip
    assert kept == {key: found.plain() for key, found in sums_of(cast.provider.pk, TODAY).items()}
    levels = Counter(Standing.objects.filter(provider=cast.provider).values_list("level", flat=True))
    whole = cell(cast.provider)
    assert Tally().add(whole.counts, whole.matters).levels == levels
    assert whole.students == 8


def test_the_clock_adds_up_what_has_moved_and_rests_otherwise(cast, in_march, django_assert_num_queries):
    assert tick() == []
    assert cell(cast.provider).students == 2
    assert not is_due(cast.provider.pk, timezone.now())
    assert Counted.objects.get(pk=cast.provider.pk).quality_on == TODAY
    in_march.shift(60)
    three_weeks(cast.placement)
    reckon([cast.student_record.pk])
    add_up_cohorts(timezone.now())
    assert sum(found.get("33", 0) for found in cell(cast.provider).counts.values()) == 1
    with django_assert_num_queries(6):  # two providers, two queries each
        add_up_cohorts(timezone.now())


def test_a_large_college_is_added_up_less_often(cast, in_march):
    added_up(cast.provider)
    Counted.objects.filter(pk=cast.provider.pk).update(students=100_000)
    in_march.shift(9 * 60)
    reckon([cast.student_record.pk])
    assert not is_due(cast.provider.pk, timezone.now())
    in_march.shift(60)
    assert is_due(cast.provider.pk, timezone.now())


def test_an_old_year_leaves_those_on_their_course_on_1_november(cast, in_march):
    Student.objects.filter(pk=cast.student_record.pk).update(entry_year="2024/25")
    added_up(cast.provider)
    assert cell(cast.provider).students == 2
    in_march.move_to("2026-11-01T12:00Z")
    count(cast.provider.pk)
    assert cell(cast.provider).students == 1
    assert cell(cast.provider, entry_year="2024/25").students == 1


# --- Weeks ----------------------------------------------------------------------------------------------------------


def test_each_week_is_taken_down_as_it_stands(cast, in_march):
    three_weeks(cast.placement)
    added_up(cast.provider)
    week = Week.objects.get(provider=cast.provider, tlevel=ALL)
    assert (week.entry_year, week.monday, week.is_later) == ("2025/26", date(2026, 3, 23), False)
    assert (week.students, week.placed, week.complete) == (2, 2, 0)
    assert (week.least, week.middle, week.most) == (0, 0, 33)
    in_march.shift(7 * 86400)
    added_up(cast.provider)
    assert Week.objects.filter(provider=cast.provider, tlevel=ALL).count() == 2


def test_a_week_taken_down_counts_placements_begun_as_one_worked_out_afterwards(cast):
    """Over, over with another planned, and running count; one that begins after the week and a taster do not."""
    over, again, late, taster = many_students(4, provider=cast.provider)
    ended = {"status": Placement.Status.ENDED, "first_on": MONDAY, "last_on": MONDAY + timedelta(days=11)}
    at_work = {"employer": cast.employer, "manager": cast.manager}
    many_placements([over, again], **at_work, **ended)
    many_placements([again], **at_work, status=Placement.Status.PLANNED, first_on=date(2026, 4, 20))
    many_placements([late], **at_work, first_on=date(2026, 3, 30))
    many_placements([taster], **at_work, kind=Placement.Kind.TASTER, **ended)
    added_up(cast.provider)
    for tlevel in (ALL, cast.student_record.tlevel_id):
        week = Week.objects.get(provider=cast.provider, tlevel=tlevel)
        assert (week.monday, week.students, week.placed) == (date(2026, 3, 23), 6, 4)
    Week.objects.all().delete()
    work_out_year(cast.provider.pk, "2025/26", date(2026, 3, 30))
    week = Week.objects.get(provider=cast.provider, tlevel=ALL, monday=date(2026, 3, 23))
    assert (week.students, week.placed, week.is_later) == (6, 4, True)


def test_weeks_that_nobody_took_down_are_worked_out_from_the_approved_hours(cast):
    three_weeks(cast.placement)
    work_out_year(cast.provider.pk, "2025/26", TODAY)
    rows = Week.objects.filter(provider=cast.provider, tlevel=ALL)
    assert (rows.count(), rows.first().monday, rows.last().monday) == (29, date(2025, 9, 1), date(2026, 3, 16))
    reached = {row.monday: (row.placed, row.most) for row in rows if row.monday >= date(2026, 2, 23)}
    assert reached == {
        date(2026, 2, 23): (0, 0), date(2026, 3, 2): (2, 11), date(2026, 3, 9): (2, 22), date(2026, 3, 16): (2, 33),
    }  # fmt: skip
    assert all(row.is_later for row in rows)


def test_what_was_taken_down_at_the_time_is_not_written_over(cast, in_march):
    added_up(cast.provider)
    in_march.shift(14 * 86400)
    work_out_year(cast.provider.pk, "2025/26", timezone.localdate())
    rows = Week.objects.filter(provider=cast.provider, tlevel=ALL)
    assert [row.is_later for row in rows if row.monday == date(2026, 3, 23)] == [False]
    assert [row.is_later for row in rows if row.monday == date(2026, 3, 30)] == [True]


def test_weeks_that_are_kept_are_not_worked_out_again(cast):
    assert work_out_past(cast.provider.pk, TODAY) == 58
    assert work_out_past(cast.provider.pk, TODAY) == 0
    Week.objects.filter(monday=date(2026, 3, 16)).delete()
    Week.objects.filter(monday=date(2026, 3, 9), tlevel=ALL).delete()
    assert work_out_past(cast.provider.pk, TODAY) == 3
    assert Week.objects.filter(monday__in=[date(2026, 3, 16), date(2026, 3, 9)]).count() == 4


def test_hours_of_a_taster_count_afterwards_as_they_do_in_the_totals(cast):
    """By the rules of its start, too: newer ones ask for twice as much."""
    newer = RuleSet.objects.create(name="Newer", starts_on=date(2026, 3, 9), source="Guidance of March 2026")
    RequiredHours.objects.create(rule_set=newer, hours=630)
    student = StudentFactory(provider=cast.provider, entry_year="2024/25")
    taster = {"kind": Placement.Kind.TASTER, "first_on": MONDAY, "last_on": MONDAY + timedelta(days=1)}
    a_week(PlacementFactory(student=student, **taster), days=2)
    added_up(cast.provider)
    work_out_year(cast.provider.pk, "2024/25", date(2026, 3, 9))
    assert Standing.objects.get(pk=student.pk).progress == 4
    before, after = Week.objects.filter(tlevel=ALL, monday__in=[date(2026, 2, 23), MONDAY], is_later=True)
    assert [(week.most, week.placed) for week in (before, after)] == [(0, 0), (4, 0)]


# --- What is said of employers --------------------------------------------------------------------------------------


def told(placement, values):
    """One student's feedback with these answers."""
    feedback = Feedback.objects.create(placement=placement, recommend="yes" if min(values) > 3 else "perhaps")
    for statement, value in zip(FeedbackStatement.objects.filter(retired_at=None), values, strict=False):
        FeedbackAnswer.objects.create(feedback=feedback, statement=statement, wording=str(statement), value=value)


def test_an_employer_has_figures_from_five_answers_on(cast):
    students = many_students(5, provider=cast.provider)
    *four, fifth = many_placements(students, employer=cast.employer, manager=cast.manager)
    for placement in four:
        told(placement, [5, 4])
    add_up_quality(cast.provider.pk, TODAY)
    quality = Quality.objects.get(employer=cast.employer)
    assert (quality.feedback, quality.recommend, quality.agree_percent) == (4, 4, None)
    told(fifth, [2, 4])
    add_up_quality(cast.provider.pk, TODAY)
    quality = Quality.objects.get(employer=cast.employer)
    assert (quality.feedback, quality.recommend, quality.perhaps) == (5, 4, 1)
    assert (quality.answers, quality.agree, quality.agree_percent) == (10, 9, 90)


def test_behaviour_is_that_of_forms_that_are_handed_in(cast):
    now = timezone.now()
    form = ReviewForm.objects.create(placement=cast.placement, occasion="midway", status="handed_in",
                                     handed_in_at=now, handed_in_name="A. Khan")  # fmt: skip
    for number, value in enumerate(["4", "5", "unseen"]):
        Answer.objects.create(form=form, part="behaviour", code=str(number), screen="team", number=number,
                              wording="Is on time", value=value, by_name="A. Khan")  # fmt: skip
    open_form = ReviewForm.objects.create(placement=cast.placement2, occasion="midway")
    Answer.objects.create(form=open_form, part="behaviour", code="1", screen="team", number=1, wording="Is on time",
                          value="1", by_name="B. Li")  # fmt: skip
    add_up_quality(cast.provider.pk, TODAY)
    quality = Quality.objects.get(employer=cast.employer)
    assert (quality.forms, quality.seen, quality.points) == (1, 2, 9)
    assert Quality.objects.count() == 1
    assert Employer.objects.filter(provider=cast.provider).count() == 2


# --- The upgrade ----------------------------------------------------------------------------------------------------


def test_figures_that_called_students_complete_are_added_up_anew(cast):
    added_up(cast.provider)
    Standing.objects.filter(pk=cast.student_record.pk).update(phase="complete")
    Counted.objects.filter(pk=cast.provider.pk).update(students=100_000)  # a large college would wait ten minutes
    set_signed_off_apart(apps, None)
    assert Standing.objects.get(pk=cast.student_record.pk).phase == "done"
    assert not Cell.objects.exists()
    assert is_due(cast.provider.pk, timezone.now())
    tick()
    assert cell(cast.provider).counts == {"active|2": {"0": 2}}


# --- The command ----------------------------------------------------------------------------------------------------


def test_the_command_does_it_all_and_can_work_out_the_past(cast, capsys):
    call_command("rebuild_cohort", past=True, ukprn=cast.provider.ukprn)
    said = capsys.readouterr().out
    assert "2 students looked at, 2 stood otherwise than was kept." in said
    assert f"{cast.provider}: added up, 58 weeks of the past worked out." in said
    with pytest.raises(CommandError, match="no provider with the UKPRN 1"):
        call_command("rebuild_cohort", ukprn="1")
