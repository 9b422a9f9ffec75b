"""When a provider wants review meetings: its rows are changed, taken out, put back, and by two at once."""

import pytest

from portal.history.models import Event
from reviews.meetings.models import PatternMeeting
from reviews.meetings.pattern_forms import rows_of
from tests.conftest import signed_in
from tests.house.test_two_tabs import shown

pytestmark = pytest.mark.django_db
ADDRESS = "/meetings/pattern/"
USUAL = [("After the first week", 7, "start"), ("Midway", 0, "middle"), ("Before the end", 10, "end")]


def page(response) -> str:
    return response.content.decode()


def pattern(cast) -> list[tuple]:
    """The provider's own rows."""
    return list(PatternMeeting.objects.filter(provider=cast.provider).values_list("title", "days", "anchor"))


def opened(cast) -> dict:
    """What a browser would send of the page as it is."""
    return sent_of(rows_of(PatternMeeting.objects.of(cast.provider.pk)))


def sent_of(rows) -> dict:
    data = {}
    for form in (rows.management_form, *rows):
        data |= shown(form)
    return data


def errors_of(response) -> dict:
    """{row: {field: errors}} of the rows that are wrong."""
    return {number: dict(errors) for number, errors in enumerate(response.context["rows"].errors) if errors}


def test_the_coordinator_changes_the_pattern_and_goes_back(cast):
    coordinator = signed_in(cast.coordinator)
    assert "This is the usual pattern." in page(coordinator.get("/meetings/pattern/"))
    rows = [("After the first week", 7, "start"), ("Halfway", 0, "middle"), ("Before the end", 10, "end"), ("", "", "")]
    data = {"meetings-TOTAL_FORMS": 4, "meetings-INITIAL_FORMS": 0}
    for number, (title, days, anchor) in enumerate(rows):
        data |= {
            f"meetings-{number}-title": title,
            f"meetings-{number}-days": days,
            f"meetings-{number}-anchor": anchor or "start",
        }
    response = coordinator.post("/meetings/pattern/", data)
    assert response.status_code == 302
    assert [row.title for row in PatternMeeting.objects.of(cast.provider.pk)] == [
        "After the first week",
        "Halfway",
        "Before the end",
    ]
    assert [row.title for row in PatternMeeting.objects.of(cast.other_provider.pk)][1] == "Midway"
    coordinator.post("/meetings/pattern/reset/")
    assert [row.title for row in PatternMeeting.objects.of(cast.provider.pk)][1] == "Midway"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"meetings-TOTAL_FORMS": "x"},
        {"meetings-TOTAL_FORMS": 1, "meetings-INITIAL_FORMS": 0, "meetings-0-title": "", "meetings-0-days": "many"},
    ],
)
def test_a_pattern_of_nonsense_is_refused(data):
    assert not rows_of([], data).is_valid()


def test_rows_keep_their_order_and_a_row_can_be_taken_out(cast):
    client = signed_in(cast.coordinator)
    client.post(ADDRESS, opened(cast) | {"meetings-1-title": "Halfway"})
    assert pattern(cast) == [USUAL[0], ("Halfway", 0, "middle"), USUAL[2]]
    client.post(ADDRESS, opened(cast) | {"meetings-0-DELETE": "on"})
    assert pattern(cast) == [("Halfway", 0, "middle"), USUAL[2]]
    assert Event.objects.about(cast.provider).filter(says="changed the pattern of review meetings").count() == 2


def test_the_last_row_stays_and_no_name_comes_twice(cast):
    client = signed_in(cast.coordinator)
    gone = {f"meetings-{number}-DELETE": "on" for number in range(3)}
    assert "Keep at least one meeting." in page(client.post(ADDRESS, opened(cast) | gone))
    twice = client.post(ADDRESS, opened(cast) | {"meetings-1-title": "before the END"})
    assert "Two meetings have the same name." in page(twice)
    assert pattern(cast) == []


# --- two tabs ---

MEANWHILE = "meanwhile. Put in what is right, and save again."


def test_the_second_of_two_tabs_is_told_what_the_first_has_changed(cast):
    client = signed_in(cast.coordinator)
    second = opened(cast) | {"meetings-2-days": "14"}
    client.post(ADDRESS, opened(cast) | {"meetings-1-title": "Halfway"})
    response = client.post(ADDRESS, second)
    assert response.status_code == 422
    assert errors_of(response) == {1: {"title": [f"Somebody changed this to “Halfway” {MEANWHILE}"]}}
    assert pattern(cast) == [USUAL[0], ("Halfway", 0, "middle"), USUAL[2]]
    again = sent_of(response.context["rows"])
    assert (again["meetings-1-title"], again["meetings-2-days"]) == ("Midway", "14")
    assert client.post(ADDRESS, again | {"meetings-1-title": "Halfway"}).status_code == 302
    assert pattern(cast) == [USUAL[0], ("Halfway", 0, "middle"), ("Before the end", 14, "end")]


def test_a_row_that_somebody_added_meanwhile_is_told_and_not_lost(cast):
    client = signed_in(cast.coordinator)
    second = opened(cast) | {"meetings-0-days": "5"}
    added = {"meetings-3-title": "Second month", "meetings-3-days": "60", "meetings-3-anchor": "start"}
    client.post(ADDRESS, opened(cast) | added)
    response = client.post(ADDRESS, second)
    assert errors_of(response) == {
        3: {
            "title": [f"Somebody changed this to “Second month” {MEANWHILE}"],
            "days": [f"Somebody changed this to “60” {MEANWHILE}"],
        }
    }
    assert pattern(cast) == [*USUAL, ("Second month", 60, "start")]
    assert client.post(ADDRESS, sent_of(response.context["rows"]) | added).status_code == 302
    assert pattern(cast) == [("After the first week", 5, "start"), *USUAL[1:], ("Second month", 60, "start")]


def test_a_row_that_somebody_took_out_meanwhile_does_not_come_back_unasked(cast):
    client = signed_in(cast.coordinator)
    second = opened(cast) | {"meetings-0-days": "5"}
    client.post(ADDRESS, opened(cast) | {"meetings-2-DELETE": "on"})
    response = client.post(ADDRESS, second)
    assert errors_of(response)[2]["title"] == [f"Somebody emptied this {MEANWHILE}"]
    assert pattern(cast) == USUAL[:2]
    assert client.post(ADDRESS, sent_of(response.context["rows"]) | {"meetings-2-DELETE": "on"}).status_code == 302
    assert pattern(cast) == [("After the first week", 5, "start"), USUAL[1]]


def test_who_saves_the_usual_pattern_over_a_colleagues_own_is_told(cast):
    client = signed_in(cast.coordinator)
    second = opened(cast)
    client.post(ADDRESS, opened(cast) | {"meetings-0-title": "The first week"})
    response = client.post(ADDRESS, second)
    assert errors_of(response) == {0: {"title": [f"Somebody changed this to “The first week” {MEANWHILE}"]}}
    assert len(pattern(cast)) == 3
