"""The cast of the tests is the same on whatever day the first test of a process asks for it."""

import pytest
import time_machine

from tests import poured
from tests.conftest import built_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["2026-03-05", "2026-07-31", "2029-02-28"])
def test_what_follows_from_making_the_cast_does_not_depend_on_the_day(day):
    """Within two weeks of its first day a placement gets an induction: the cast has none."""
    with time_machine.travel(day):
        rows, _ = poured.made_by(built_cast)
    assert len(rows["placements_placement"]) == 3
    assert "induction_induction" not in rows
