"""The week page asks the same few questions however much stands in it."""

import pytest
from django.urls import reverse

from students.tlevels import rules
from tests.conftest import signed_in
from tests.factories import SpellFactory


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, 3])
def test_the_week_page_takes_eight_queries(cast, week, days, time_machine, django_assert_num_queries):
    time_machine.move_to("2026-03-06 18:00")
    for number in range(1, days):
        SpellFactory(timesheet=week, day=week.days[number])
    client, url = signed_in(cast.student), reverse("week_edit", args=[week.pk])
    rules.rule_sets()  # read once and then remembered
    with django_assert_num_queries(8):
        client.get(url)
