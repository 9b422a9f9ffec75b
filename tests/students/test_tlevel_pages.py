"""The reading pages about T Levels and rules."""

import pytest

from students.tlevels.models import RuleSet
from students.tlevels.words import approaches_in_words, limits_in_words
from tests.conftest import signed_in

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
        "Work taster": "At most 35 hours. With any number of employers.",
        "Remote": "At most 20% of the required hours. On the Digital route: at most half of the required hours.",
        "Skills hub or employer training centre": "At most one third of the required hours. "
        "Does not count together with: small-team project.",
        "Small-team project": "At most one third of the required hours. "
        "Does not count together with: skills hub or employer training centre.",
        "Relevant part-time job": "No limit of its own.",
        "On-site facilities": "At most 105 hours. For students with special educational needs or a disability.",
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


def test_everybody_can_read_the_rules(cast):
    for who in (cast.student, cast.manager, cast.tutor, cast.coordinator):
        page = signed_in(who).get("/rules/").content.decode()
        assert "Rules for 2024/25" in page
        assert "Working Time Regulations 1998" in page
