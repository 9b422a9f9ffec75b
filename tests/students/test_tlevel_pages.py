"""The reading pages about T Levels and rules."""

from datetime import date
from html import unescape

import pytest

from students.tlevels.models import RequiredHours, RuleSet, TLevel
from students.tlevels.rules import rule_sets
from students.tlevels.words import approaches_in_words, limits_in_words, required_in_words
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def test_t_levels_stand_with_hours_and_codes(cast):
    page = signed_in(cast.tutor).get("/tlevels/").content.decode()
    assert "Core code 6105799X" in page
    assert "Early Years Educator: 750 hours, all in person with an employer" in page
    assert "Onsite Construction (closed to new students)" in page


def test_the_caps_are_said_in_plain_words(db):
    said = {label: " ".join(words) for label, words in approaches_in_words(RuleSet.objects.get())}
    assert said == {
        "In person": "Always counts, with the employers of the placement.",
        "Work taster": "Job shadowing or visits, before a student and an employer commit to a placement. "
        "At most 35 hours. With any number of employers.",
        "Remote": "Away from the workplace, and only where the employer itself works that way. "
        "At most 20% of the required hours. On the Digital route: at most half of the required hours.",
        "Skills hub or employer training centre": "Practical work in a skills hub or in an employer's training centre. "
        "At most one third of the required hours. Does not count together with: small-team project.",
        "Small-team project": "A project that a few students do together, supervised by an employer. "
        "At most one third of the required hours. "
        "Does not count together with: skills hub or employer training centre.",
        "Relevant part-time job": "Paid work relevant to the T Level, off the college's premises and towards the "
        "learning goals. No limit of its own.",
        "On-site facilities": "Work in facilities on the college's own site. "
        "At most 105 hours. For students with special educational needs or a disability.",
    }


def test_the_limits_of_working_time_are_said_in_plain_words(db):
    young, grown = (limits_in_words(row) for row in RuleSet.objects.get().working_time_rules.all())
    assert young == (
        "Under 18",
        [
            "At most 8 hours a day, breaks not counted.",
            "At most 40 hours a week, Monday to Sunday.",
            "A break of 30 minutes after more than 4 hours 30 minutes of work, not at the start or end.",
            "12 hours of rest between two days of work.",
            "48 hours of rest in a row each week.",
            "No work between 22:00 and 06:00.",
        ],
    )
    assert grown == (
        "From 18 on",
        [
            "At most 48 hours a week, on average over 17 weeks or since the start.",
            "A break of 20 minutes after more than 6 hours of work, not at the start or end.",
            "11 hours of rest between two days of work.",
            "24 hours of rest in a row each week.",
        ],
    )


def test_the_required_hours_are_said_with_what_differs_from_them(db, django_assert_num_queries):
    (first,) = rule_sets()
    with django_assert_num_queries(0):
        assert required_in_words(first) == [
            ("Every T Level but for these", "315 hours"),
            ("Dental Nursing", "315 hours, all in person with an employer"),
            ("Early Years Educator", "750 hours, all in person with an employer"),
        ]
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    assert required_in_words(newer) == required_in_words(first)
    RequiredHours.objects.create(rule_set=newer, hours=350)
    assert required_in_words(newer) == [("Every T Level", "350 hours")]
    RequiredHours.objects.create(rule_set=newer, tlevel=TLevel.objects.get(title="Marketing"), hours=400)
    assert required_in_words(newer) == [("Every T Level but for these", "350 hours"), ("Marketing", "400 hours")]


@pytest.fixture
def operator(db):
    return signed_in(UserFactory(is_staff=True, is_superuser=True))


def operator_form(client, address):
    """What the operator's page of a rule set would send, unchanged."""
    fields = {}
    for formset in client.get(address).context["inline_admin_formsets"]:
        for form in [formset.formset.management_form, *formset.formset.initial_forms]:
            fields |= {bound.html_name: "" if (value := bound.value()) is None else value for bound in form}
    return {name: value for name, value in fields.items() if value is not False}


def test_the_operator_begins_a_new_year_as_a_copy_and_leaves_nobody_without_required_hours(operator):
    address = f"/operator/tlevels/ruleset/{RuleSet.objects.get().pk}/change/"
    shown = operator_form(operator, address)
    sent = shown | {"name": "2024/25", "starts_on": "2024-09-01", "source": "Guidance", "max_employers": "2"}
    page = operator.post(address, sent | {"required_hours-0-DELETE": "on"}).text
    assert "Add a row for every T Level that is not named" in page
    assert RequiredHours.objects.count() == 3
    sent = shown | {"required_hours-0-hours": "400", "_saveasnew": "Save as new"}
    sent |= {"name": "2026/27", "starts_on": "2026-09-01", "source": "Guidance of May 2026", "max_employers": "2"}
    assert operator.post(address, sent).status_code == 302
    old, new = RuleSet.objects.all()
    asked = [[(row.hours, row.in_person_only) for row in found.required_hours.all()] for found in (old, new)]
    assert asked == [[(315, False), (750, True), (315, True)], [(400, False), (750, True), (315, True)]]
    assert [found.approach_rules.count() for found in (old, new)] == [7, 7]
    assert [found.working_time_rules.count() for found in (old, new)] == [2, 2]


def test_the_rules_say_how_many_hours_and_who_works_all_in_person(cast):
    page = unescape(text_of(signed_in(cast.student).get("/rules/")))
    assert "Rules for 2024/25" in page
    assert "Working Time Regulations 1998" in page
    assert "<dt>Early Years Educator</dt><dd>750 hours, all in person with an employer</dd>" in page
    assert "Dental Nursing and Early Years Educator: hours in person are the only ones that count." in page
    assert "For placements that begin on 1 September 2024 or later. There are no newer rules so far." in page
