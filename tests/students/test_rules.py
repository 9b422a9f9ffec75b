"""Rule sets as they apply to a student: required hours, caps, and limits on working time."""

from datetime import date

import pytest

from students.tlevels import rules
from students.tlevels.models import Approach, ApproachRule, RequiredHours, RuleSet, Specialism, TLevel, academic_year
from tests.factories import StudentFactory

pytestmark = pytest.mark.django_db


def student_on(title, specialism=None, **kwargs):
    tlevel = TLevel.objects.get(title=title)
    found = Specialism.objects.get(title=specialism) if specialism else None
    return StudentFactory.build(tlevel=tlevel, specialism=found, **kwargs)


def caps(student):
    found = rules.rules_for(student, rules.in_force_on(date(2026, 3, 2)))
    return {approach: cap.why_not or cap.cap for approach, cap in found.caps.items()}


def required(student, day=date(2026, 3, 2)):
    return rules.rules_for(student, rules.in_force_on(day)).required


@pytest.fixture
def newer(db):
    return RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")


def test_required_hours_are_those_of_the_rule_set(newer):
    RequiredHours.objects.create(rule_set=newer, hours=400)
    ApproachRule.objects.create(rule_set=newer, approach="remote", cap_numerator=1, cap_denominator=5)
    health, educator = student_on("Health"), student_on("Education and Early Years", "Early Years Educator")
    days = date(2026, 8, 31), date(2026, 9, 1)
    assert [required(health, day) for day in days] == [315 * 60, 400 * 60]
    assert [required(educator, day) for day in days] == [750 * 60, 400 * 60]
    assert rules.rules_for(educator, newer).caps["remote"].cap == 80 * 60
    assert caps(educator)["remote"] == "all hours of Early Years Educator are worked in person with an employer"


def test_the_most_telling_row_says_how_many_hours(newer):
    tlevel, nursing = TLevel.objects.get(title="Health"), Specialism.objects.get(title="Dental Nursing")
    RequiredHours.objects.create(rule_set=newer, hours=350)
    RequiredHours.objects.create(rule_set=newer, tlevel=tlevel, hours=400)
    RequiredHours.objects.create(rule_set=newer, specialism=nursing, hours=450)
    students = student_on("Finance"), student_on("Health"), student_on("Health", "Dental Nursing")
    assert [required(student, date(2026, 9, 1)) for student in students] == [350 * 60, 400 * 60, 450 * 60]
    assert sorted(str(one) for one in Specialism.objects.changing_hours()) == ["Dental Nursing", "Early Years Educator"]


def test_a_rule_set_without_required_hours_keeps_those_before_it(newer):
    educator = student_on("Education and Early Years", "Early Years Educator")
    assert required(educator, date(2026, 9, 1)) == 750 * 60


def test_the_first_rule_set_is_that_of_the_guidance_from_january_2025():
    found = rules.rules_for(student_on("Health"), rules.in_force_on(date(2026, 3, 2)))
    assert (found.name, found.max_employers, found.required) == ("2024/25", 2, 315 * 60)
    assert found.source == "Industry placement delivery guidance, in force from January 2025"


def test_caps_on_an_ordinary_route():
    assert caps(student_on("Health")) == {
        "in_person": None,
        "taster": 35 * 60,
        "remote": 63 * 60,
        "skills_hub": 105 * 60,
        "small_team": 105 * 60,
        "paid_job": None,
        "on_site": "on-site facilities do not count here; the tutor can say why",
    }


def test_half_of_the_hours_may_be_remote_on_the_digital_route():
    assert caps(student_on("Digital Data Analytics"))["remote"] == 157 * 60 + 30


def test_on_site_facilities_count_up_to_105_hours_with_send():
    assert caps(student_on("Health", has_send=True))["on_site"] == 105 * 60


def test_an_early_years_educator_needs_750_hours_all_in_person():
    student = student_on("Education and Early Years", "Early Years Educator")
    assert required(student) == 750 * 60
    why_not = "all hours of Early Years Educator are worked in person with an employer"
    assert caps(student) == dict.fromkeys(Approach.values, why_not) | {"in_person": None}


def test_assisting_teaching_needs_315_hours_with_the_usual_caps():
    student = student_on("Education and Early Years", "Assisting Teaching")
    assert required(student) == 315 * 60
    assert caps(student)["taster"] == 35 * 60


def test_dental_nursing_is_all_in_person():
    assert "Dental Nursing" in caps(student_on("Health", "Dental Nursing"))["remote"]


def test_what_an_approach_means_is_said_by_the_rule_set_on_every_route():
    for title in ("Health", "Digital Data Analytics"):
        found = rules.rules_for(student_on(title), rules.in_force_on(date(2026, 3, 2))).caps
        assert found["remote"].note == "Away from the workplace, and only where the employer itself works that way."
        assert found["in_person"].note == ""


def test_only_approaches_that_can_count_are_for_a_student():
    educator = student_on("Education and Early Years", "Early Years Educator")
    assert list(rules.approaches_for(educator)) == ["in_person"]
    usual = ["in_person", "taster", "remote", "skills_hub", "small_team", "paid_job"]
    assert list(rules.approaches_for(student_on("Health"))) == usual
    assert list(rules.approaches_for(student_on("Health", has_send=True))) == [*usual, "on_site"]


def test_an_approach_is_for_a_student_if_it_counts_under_any_rules_that_may_hold():
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    ApproachRule.objects.create(rule_set=newer, approach="remote", note="In newer words.")
    before, after = (rules.approaches_for(student_on("Health", entry_year=year)) for year in ("2025/26", "2026/27"))
    assert "taster" in before
    assert before["remote"].note == "In newer words."
    assert list(after) == ["in_person", "remote"]


def test_a_skills_hub_and_a_small_team_project_exclude_each_other():
    found = rules.rules_for(student_on("Health"), rules.in_force_on(date(2026, 3, 2))).caps
    assert (found["skills_hub"].not_with, found["small_team"].not_with) == ("small_team", "skills_hub")
    assert found["taster"].any_number_of_employers
    assert not found["remote"].any_number_of_employers


def test_an_approach_that_a_rule_set_does_not_know_does_not_count():
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    found = rules.rules_for(student_on("Health"), newer)
    assert found.caps["remote"].why_not == "the rules for 2026/27 do not know this approach"
    assert found.caps["in_person"].why_not == ""


def test_the_rule_set_of_a_day_is_the_last_one_begun():
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    assert rules.in_force_on(date(2026, 8, 31)).name == "2024/25"
    assert rules.in_force_on(date(2026, 9, 1)) == newer
    assert rules.in_force_on(date(2020, 1, 1)).name == "2024/25"


def test_a_changed_rule_holds_at_once():
    student = student_on("Health")
    assert caps(student)["taster"] == 35 * 60
    rule = ApproachRule.objects.get(approach="taster")
    rule.cap_hours = 40
    rule.save()
    assert caps(student)["taster"] == 40 * 60


def test_rule_sets_are_read_once(django_assert_num_queries):
    rules.rule_sets()
    with django_assert_num_queries(0):
        rules.rule_sets()


def test_working_time_by_age():
    now = rules.in_force_on(date(2026, 3, 2))
    found = {age: rules.working_time_for(age, now) for age in (16, 17, 18, 44)}
    assert {age: (rule.day, rule.week, rule.break_length, rule.daily_rest) for age, rule in found.items()} == {
        16: (480, 2400, 30, 720),
        17: (480, 2400, 30, 720),
        18: (None, 2880, 20, 660),
        44: (None, 2880, 20, 660),
    }


def test_a_rule_set_without_limits_on_working_time_keeps_those_before_it():
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    assert rules.working_time_for(17, newer).week == 40 * 60


def test_the_academic_year_begins_on_1_september():
    years = {
        date(2025, 8, 31): "2024/25",
        date(2025, 9, 1): "2025/26",
        date(2026, 1, 1): "2025/26",
        date(2099, 9, 1): "2099/00",
    }
    assert {day: academic_year(day) for day in years} == years


def test_age_is_in_whole_years():
    student = student_on("Health")
    ages = {date(2026, 5, 3): 18, date(2026, 5, 4): 19, date(2025, 5, 4): 18, date(2025, 5, 3): 17}
    assert {day: student.age_on(day) for day in ages} == ages


def test_somebody_born_on_29_february_has_their_birthday_on_1_march():
    student = student_on("Health", born_on=date(2008, 2, 29))
    assert (student.age_on(date(2026, 2, 28)), student.age_on(date(2026, 3, 1))) == (17, 18)


def test_a_share_of_the_hours_is_rounded_down_to_the_minute():
    rule = ApproachRule(approach="remote", cap_numerator=1, cap_denominator=7)
    assert rule.cap_minutes(1000) == 142
    assert ApproachRule(approach="remote").cap_minutes(1000) is None
