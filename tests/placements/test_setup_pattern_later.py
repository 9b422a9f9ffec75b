"""Before the first day: other days and times from a later day, and what becomes of those agreed before."""

from datetime import date

import pytest

from placements.models import Placement
from portal.history.models import Event
from tests.conftest import signed_in
from tests.factories import PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(cast):
    return PlacementFactory(
        student=cast.student_record, employer=cast.employer, status="planned",
        first_on=date(2026, 9, 7), last_on=date(2026, 12, 18),
    )  # fmt: skip


def fresh(placement):
    return Placement.objects.with_people().get(pk=placement.pk)


def test_before_the_start_other_days_and_times_from_a_later_day_keep_the_pattern_before(cast, planned):
    client, path = signed_in(cast.tutor), f"/placements/{planned.pk}/pattern/?later=1"
    assert f'href="{path}"' in client.get(f"/placements/{planned.pk}/change/").content.decode()
    data = {"pattern-valid_from": "2026-10-05", "seen": planned.version}
    data |= {"day0-starts": "10:00", "day0-finishes": "16:00"}
    before = planned.pattern.described(date(2026, 9, 7))
    assert client.post(path, data).status_code == 302
    agreed = fresh(planned).pattern
    assert [start for start, _ in agreed.versions] == [date(2026, 9, 7), date(2026, 10, 5)]
    assert agreed.described(date(2026, 9, 7)) == before
    assert agreed.described(date(2026, 10, 5)) == "Mon 10:00 to 16:00"


def test_changing_the_only_pattern_says_that_it_goes_and_so_does_the_history(cast, planned):
    client, path = signed_in(cast.tutor), f"/placements/{planned.pk}/pattern/"
    assert (
        "It takes the place of what was agreed from 7 September 2026, also with a later day. To keep that until then, "
        "choose “Another pattern from a later day”."
    ) in client.get(path).content.decode()
    data = {"pattern-valid_from": "2026-10-05", "seen": planned.version}
    data |= {"day0-starts": "10:00", "day0-finishes": "16:00"}
    assert client.post(f"{path}?from=2026-09-07", data).status_code == 302
    said = Event.objects.about(planned).order_by("pk").values_list("says", flat=True)
    assert list(said)[-2:] == [
        "set the working pattern from 5 October 2026: Mon 10:00 to 16:00",
        "removed the working pattern from 7 September 2026",
    ]
