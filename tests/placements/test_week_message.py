"""The message that goes to the manager with a week: kept with the draft, sent when it is handed in."""

import pytest
from django.urls import reverse

from placements.timesheets.editing import form_of, keep_token, save_week
from placements.timesheets.models import Timesheet
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


def path_of(week) -> str:
    return reverse("week_edit", args=[week.pk])


def monday(**more) -> dict:
    """A week with work on its Monday, as the browser sends it."""
    times = {
        "d0-0-starts": "09:00",
        "d0-0-finishes": "17:00",
        "d0-0-break_minutes": "60",
        "d0-0-activity": "Wrote tests",
    }
    return {"seen": "0", "do": "save"} | {f"d{number}-rows": "1" for number in range(7)} | times | more


def message_kept_with(week) -> str:
    """The message as the week's form shows it."""
    week.refresh_from_db()
    return form_of(week).to_manager["message"].value() or ""


def test_the_message_to_the_manager_is_there_again_after_taking_back(cast, week):
    week.hand_in(by=cast.student, message="I left early on Friday")
    week.recall(by=cast.student)
    assert message_kept_with(week) == "I left early on Friday"


def test_the_message_is_kept_where_the_week_is_refused(cast, week):
    data = monday(**{"d0-0-starts": "25:00"}) | {"message": "I left early on Friday", "declared": "on"}
    page = signed_in(cast.student).post(path_of(week), data).content.decode()
    assert 'value="I left early on Friday"' in page
    assert message_kept_with(week) == "I left early on Friday"


def saved(cast, week, *, quietly=False, **more):
    """The week saved as its page does."""
    data = monday(**more)
    save_week(
        Timesheet.objects.get(pk=week.pk), form_of(week, data), by=cast.student, seen=week.version, quietly=quietly
    )


@pytest.mark.parametrize(("times", "quietly"), [({}, False), ({"d0-0-starts": "25:00"}, True)])
def test_the_message_to_the_manager_is_kept_with_the_draft_however_it_is_saved(cast, week, times, quietly):
    for message in ("I left early on Friday", ""):
        saved(cast, week, message=message, quietly=quietly, **times)
        assert message_kept_with(week) == message


def test_the_message_to_the_manager_is_kept_where_the_week_is_filled_in(cast, week):
    signed_in(cast.student).post(path_of(week), monday(do="usual", message="I left early on Friday"))
    assert message_kept_with(week) == "I left early on Friday"


def test_the_message_of_a_draft_goes_with_handing_in_and_is_not_sent_twice(cast, week):
    saved(cast, week, message="I left early")
    week.refresh_from_db()
    assert (week.message, week.message_begun) == ("", "I left early")
    data = monday(do="hand_in") | {"message": "I left early on Friday", "declared": "on"}
    signed_in(cast.student).post(path_of(week), data | {"seen": str(week.version)})
    week.refresh_from_db()
    assert (week.status, week.message, week.message_begun) == ("handed_in", "I left early on Friday", "")
    week.send_back(by=cast.manager, reason="When?")
    assert not message_kept_with(week)
    saved(cast, week, message="At three")
    assert message_kept_with(week) == "At three"
    for somebody in (cast.manager, cast.tutor):
        page = signed_in(somebody).get(path_of(week)).content.decode()
        assert "I left early on Friday" in page
        assert "At three" not in page


def test_the_message_of_somebody_signed_out_meanwhile_is_kept(client, cast, week):
    data = monday() | {"message": "I left early on Friday", "keep": keep_token(week, cast.student)}
    client.post(path_of(week), data)
    assert message_kept_with(week) == "I left early on Friday"


def test_a_message_that_is_too_long_is_refused_next_to_the_field_and_kept(cast, week):
    client, path = signed_in(cast.student), path_of(week)
    response = client.post(path, monday() | {"message": "x" * 301})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Make this shorter: at most 300 characters, it has 301 now." in page
    assert "Handing in, message to your manager: Make this shorter" in page
    assert message_kept_with(week) == "x" * 301


def test_two_tabs_with_different_messages_are_told(cast, week):
    saved(cast, week, message="I left early on Friday")
    response = signed_in(cast.student).post(path_of(week), monday() | {"message": "I left late"})
    assert response.status_code == 409
    assert 'value="I left late"' in response.content.decode()
    assert message_kept_with(week) == "I left early on Friday"
