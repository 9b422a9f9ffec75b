"""Two at the days and times: the second is told at the field what the first has changed, and can save again."""

import pytest

from placements.models import Placement
from placements.setup.pattern_form import PatternForm
from tests.conftest import signed_in
from tests.house.test_two_tabs import shown
from tests.placements.test_setup_pattern import FIRST, MAY, MON_TO_FRI, agree, agreed, week

pytestmark = pytest.mark.django_db
JUNE = "2026-06-01"
AS_BEGUN = week(finish="17:00")  # what is agreed for the cast
CHANGED = "meanwhile. Put in what is right, and save again."


@pytest.fixture(autouse=True)
def _in_winter(time_machine):
    time_machine.move_to("2026-02-10 12:00")


def sent_of(form) -> dict:
    """What a browser would send of the form as it is."""
    data = {"pattern-others": form.head["others"].value()} | shown(form.head)
    for row in form.rows:
        data |= shown(row)
    return data


class Tab:
    """A page with the form, open in a browser: it was drawn before somebody else stored something."""

    def __init__(self, cast, replaces=FIRST):
        """`replaces`: the start of the pattern that is changed on it; None for a further one."""
        query = f"?from={replaces}" if replaces else "?later=1"
        self.client, self.path = signed_in(cast.tutor), f"/placements/{cast.placement.pk}/pattern/{query}"
        there = Placement.objects.with_people().get(pk=cast.placement.pk)
        self.data = sent_of(PatternForm(there, there.first_on, there.first_on if replaces else None))

    def send(self, **changes):
        """Send it as it stands with some changes; what comes back is in the tab then."""
        response = self.client.post(self.path, self.data | changes)
        if response.status_code == 200:
            self.data = sent_of(response.context["form"])
        return response


def errors_of(response) -> dict:
    form = response.context["form"]
    found = {"head": dict(form.head.errors)} if form.head.errors else {}
    return found | {row.weekday: dict(row.errors) for row in form.rows if row.errors}


def starts(cast) -> dict[str, str]:
    return {start.isoformat(): says for start, says in agreed(cast).items()}


def test_the_page_asks_to_send_what_it_showed_and_changes_the_only_pattern_before_the_start(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/pattern/").content.decode()
    assert page.count('-seen" value="') == 8
    assert f'action="?from={FIRST}"' in page


def test_the_second_is_told_at_the_field_and_saves_again(cast):
    agree(cast, week(), FIRST, replaces=FIRST)
    second = Tab(cast)
    agree(cast, week() | {0: ("10:00", "16:00", "60")}, FIRST, replaces=FIRST)
    response = second.send(**{"day4-finishes": "15:00"})
    assert errors_of(response) == {"Monday": {"starts": [f"Somebody changed this to “10:00” {CHANGED}"]}}
    assert starts(cast) == {FIRST: "Mon 10:00 to 16:00, Tue to Fri 09:00 to 16:00"}
    assert (second.data["day0-starts"], second.data["day4-finishes"]) == ("09:00", "15:00")
    assert second.send(**{"day0-starts": "10:00"}).status_code == 302
    assert starts(cast) == {FIRST: "Mon 10:00 to 16:00, Tue to Thu 09:00 to 16:00, Fri 09:00 to 15:00"}


def test_another_first_day_is_told_as_well(cast):
    second = Tab(cast)
    agree(cast, AS_BEGUN, "2026-03-09", replaces=FIRST)
    response = second.send(**{"day4-finishes": "15:00"})
    assert errors_of(response)["head"] == {
        "__all__": [
            "Somebody changed the patterns meanwhile: besides this one there is now one from 9 March 2026. "
            "Look at what is agreed, and save again."
        ]
    }
    assert list(starts(cast)) == ["2026-03-09"]


def test_a_day_that_was_filled_in_and_one_that_was_emptied_are_told(cast):
    second = Tab(cast)
    agree(cast, AS_BEGUN | {0: ("", "", ""), 5: ("09:00", "12:00", "0")}, FIRST, replaces=FIRST)
    response = second.send(**{"day1-starts": "10:00"})
    assert errors_of(response)["Saturday"]["starts"] == [f"Somebody changed this to “09:00” {CHANGED}"]
    assert errors_of(response)["Monday"]["starts"] == [f"Somebody emptied this {CHANGED}"]
    assert starts(cast) == {FIRST: "Tue to Fri 09:00 to 17:00, Sat 09:00 to 12:00"}


def test_a_later_pattern_that_came_meanwhile_is_told_once(cast):
    second = Tab(cast, replaces=None)
    agree(cast, week(), JUNE)
    response = second.send(**{"pattern-valid_from": MAY, "day0-starts": "10:00"})
    assert errors_of(response) == {
        "head": {
            "__all__": [
                "Somebody changed the patterns meanwhile: besides this one there is now one from 2 March 2026 and one "
                "from 1 June 2026. Look at what is agreed, and save again."
            ]
        }
    }
    assert list(starts(cast)) == [FIRST, JUNE]
    assert second.send().status_code == 302
    assert list(starts(cast)) == [FIRST, MAY, JUNE]


def test_the_only_pattern_is_still_the_one_to_change_where_a_later_one_came_meanwhile(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    second = Tab(cast)
    agree(cast, week(), JUNE)
    assert "one from 1 June 2026" in second.send(**{"day0-starts": "10:00"}).content.decode()
    assert second.send().status_code == 302
    assert starts(cast) == {FIRST: "Mon 10:00 to 17:00, Tue to Fri 09:00 to 17:00", JUNE: MON_TO_FRI}


def test_filling_days_in_forgets_nothing_of_what_the_page_had_shown(cast):
    second = Tab(cast)
    agree(cast, AS_BEGUN | {0: ("10:00", "17:00", "60")}, FIRST, replaces=FIRST)
    alike = {"alike-starts": "08:30", "alike-finishes": "12:00", "alike-break_minutes": "0", "alike-days": ["1"]}
    second.send(fill="1", **alike)
    assert second.data["day1-starts"] == "08:30"
    assert errors_of(second.send()) == {"Monday": {"starts": [f"Somebody changed this to “10:00” {CHANGED}"]}}


def test_an_unrelated_change_of_the_placement_turns_nobody_away(cast):
    tab = Tab(cast)
    Placement.objects.filter(pk=cast.placement.pk).update(role="Reception", version=7)
    assert tab.send(**{"day0-starts": "10:00"}).status_code == 302
