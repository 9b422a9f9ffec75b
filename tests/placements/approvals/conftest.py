"""What all tests of approvals begin with: a Sunday evening on which weeks wait for the manager."""

import pytest

from tests.conftest import make_cast
from tests.placements.approvals.scenes import SUNDAY_EVENING, handed_in, three_handed_in


@pytest.fixture(autouse=True)
def _sunday_evening(time_machine):
    time_machine.move_to(SUNDAY_EVENING, tick=False)


@pytest.fixture
def cast(request, db):
    if "weeks" in request.fixturenames:
        return three_handed_in()
    return handed_in() if "week" in request.fixturenames else make_cast()


@pytest.fixture
def week(cast):
    """A week that waits for the manager: seven hours on Monday 2 March."""
    return cast.week


@pytest.fixture
def weeks(cast):
    """Three such weeks, one after the other."""
    return cast.weeks
