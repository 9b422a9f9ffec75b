"""What all tests of approvals begin with: a Sunday evening on which weeks wait for the manager."""

import pytest

from tests.conftest import make_cast
from tests.placements.approvals.scenes import SUNDAY_EVENING, handed_in, three_handed_in, told_at_once

SCENES = {"week": handed_in, "weeks": three_handed_in, "told": told_at_once}


@pytest.fixture(autouse=True)
def _sunday_evening(time_machine):
    time_machine.move_to(SUNDAY_EVENING, tick=False)


@pytest.fixture
def cast(request, db):
    """The cast, as the test asks for it: with a `week` that waits, more `weeks`, ...; else nothing waits."""
    return next((SCENES[name] for name in SCENES if name in request.fixturenames), make_cast)()


@pytest.fixture
def week(cast):
    """A week that waits for the manager: seven hours on Monday 2 March."""
    return cast.week


@pytest.fixture
def weeks(cast):
    """Three such weeks, one after the other."""
    return cast.weeks


@pytest.fixture
def told(cast):
    """The first week, which the manager was mailed about on Friday afternoon."""
    return cast.told
