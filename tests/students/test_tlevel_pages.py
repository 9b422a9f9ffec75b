"""The reading pages about T Levels and rules."""

from html import unescape

import pytest

from students.tlevels.models import RuleSet, TLevel
from students.tlevels.words import approaches_in_words, limits_in_words, required_in_words
from tests.conftest import signed_in
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
            "A break of 30 minutes after more than 4 hours 30 minutes of work.",
            "12 hours of rest between two days of work.",
            "48 hours of rest in a row each week.",
            "No work between 22:00 and 06:00.",
        ],
    )
    assert grown == (
        "From 18 on",
        [
            "At most 48 hours a week, on average over 17 weeks.",
            "A break of 20 minutes after more than 6 hours of work.",
            "11 hours of rest between two days of work.",
            "24 hours of rest in a row each week.",
        ],
    )


def test_the_required_hours_are_said_with_what_differs_from_them(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert required_in_words() == [
            ("Every T Level but for these", "315 hours"),
            ("Early Years Educator", "750 hours, all in person with an employer"),
            ("Dental Nursing", "315 hours, all in person with an employer"),
        ]
    TLevel.objects.filter(title="Marketing").update(required_hours=400)
    assert required_in_words()[1:3] == [
        ("Early Years Educator", "750 hours, all in person with an employer"),
        ("Dental Nursing", "315 hours, all in person with an employer"),
    ]
    assert ("Marketing", "400 hours") in required_in_words()


@pytest.mark.parametrize("who", ["student", "manager"])
def test_the_rules_say_how_many_hours_and_who_works_all_in_person(cast, who):
    page = unescape(text_of(signed_in(getattr(cast, who)).get("/rules/")))
    assert "<dt>Early Years Educator</dt><dd>750 hours, all in person with an employer</dd>" in page
    assert "Dental Nursing and Early Years Educator: hours in person are the only ones that count." in page
    assert "For placements that begin on 1 September 2024 or later. There are no newer rules so far." in page


def test_everybody_can_read_the_rules(cast):
    for who in (cast.student, cast.manager, cast.tutor, cast.coordinator):
        page = signed_in(who).get("/rules/").content.decode()
        assert "Rules for 2024/25" in page
        assert "Working Time Regulations 1998" in page
