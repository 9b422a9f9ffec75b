"""Checklists: points with versions, answers that keep their wording, and a provider's own points."""

import pytest
from django.db import IntegrityError

from employers.models import Employer
from placements.checklists.forms import ChecklistForm, PointForm, save_answers
from placements.checklists.keeping import add_point, change_point, restore_point, retire_point
from placements.checklists.lines import lines_of, points_for, tick, untick
from placements.checklists.models import Checklist, Point, Tick
from portal.workflow import Refused, SomebodyWasQuicker
from students.tlevels.models import TLevel
from tests.conftest import signed_in
from tests.factories import EmployerFactory, like

State = Tick.State


def first_point(placement) -> Point:
    return points_for(placement, Checklist.INDUCTION)[0]


def wordings(placement) -> list[str]:
    return [line.wording for line in lines_of(placement, Checklist.INDUCTION)]


def own_point(cast, wording="I know how to sign in at the gate", **more) -> Point:
    return add_point(Point(wording=wording, **more), provider=cast.provider, by=cast.coordinator)


def posted(wording="I know the gate", hint="", tlevel="", employer="") -> dict:
    return {"wording": wording, "hint": hint, "tlevel": tlevel, "employer": employer}


def test_the_portal_ships_all_points_of_the_three_lists(cast):
    counts = {name: points_for(cast.placement, name).count() for name in Checklist.values}
    assert counts == {"induction": 15, "arrangements": 8, "ending": 7}


def test_a_list_is_read_in_two_queries(cast, django_assert_num_queries):
    tick(cast.placement, first_point(cast.placement), by=cast.student)
    with django_assert_num_queries(2):
        lines = lines_of(cast.placement, Checklist.INDUCTION)
    assert [bool(line.tick) for line in lines] == [True] + [False] * 14


def test_an_answer_is_kept_with_its_wording_and_who_gave_it_first(cast):
    point = first_point(cast.placement)
    first = tick(cast.placement, point, by=cast.student)
    assert (first.wording, first.state, first.by_name) == (point.wording, "done", "Student Reed")
    again = tick(cast.placement, first_point(cast.placement), by=cast.tutor)
    assert (again.pk, again.at, again.by_name) == (first.pk, first.at, "Student Reed")


def test_does_not_apply_wants_a_reason_and_unsure_a_question_and_done_drops_the_words(cast):
    point = first_point(cast.placement)
    with pytest.raises(Refused, match="Say why it does not apply here"):
        tick(cast.placement, point, by=cast.student, state=State.NOT_HERE, words="  ")
    with pytest.raises(Refused, match="Write what you would like to know"):
        tick(cast.placement, point, by=cast.student, state=State.UNSURE)
    found = tick(cast.placement, point, by=cast.student, state=State.NOT_HERE, words=" No machines here ")
    assert (found.state, found.words) == ("not_here", "No machines here")
    assert tick(cast.placement, point, by=cast.student).words == ""


def test_the_database_keeps_no_reasonless_answer(cast):
    point = first_point(cast.placement)
    with pytest.raises(IntegrityError):
        Tick.objects.create(placement=cast.placement, point=point, wording="x", state=State.UNSURE, words="")


def test_an_answer_can_be_taken_back(cast):
    tick(cast.placement, first_point(cast.placement), by=cast.student)
    untick(cast.placement, first_point(cast.placement))
    assert lines_of(cast.placement, Checklist.INDUCTION)[0].tick is None


# --- A provider's own points ---


def test_an_own_point_stands_after_the_shipped_ones(cast):
    own_point(cast)
    assert wordings(cast.placement)[15:] == ["I know how to sign in at the gate"]
    assert len(wordings(cast.other_placement)) == 15


def test_a_point_for_a_t_level_or_an_employer_is_asked_only_there(cast):
    elsewhere = TLevel.objects.get(title="Health")
    own_point(cast, "For Health", tlevel=elsewhere)
    own_point(cast, "For our T Level", tlevel=cast.student_record.tlevel)
    own_point(cast, "For this employer", employer=cast.employer)
    assert wordings(cast.placement)[15:] == ["For our T Level", "For this employer"]
    assert wordings(cast.placement2)[15:] == ["For our T Level"]


def test_a_changed_point_is_a_new_row_and_answers_keep_the_old_wording(cast):
    point = own_point(cast)
    tick(cast.placement, point, by=cast.student)
    fresh = change_point(point, Point(wording="I can use the gate"), by=cast.coordinator)
    point.refresh_from_db()
    assert (fresh.number, fresh.retired_at, point.retired_at is None) == (point.number, None, False)
    assert wordings(cast.placement)[15:] == ["I know how to sign in at the gate"]
    assert wordings(cast.placement2)[15:] == ["I can use the gate"]


def test_an_unchanged_point_is_not_written(cast):
    point = own_point(cast)
    assert change_point(point, Point(wording=point.wording), by=cast.coordinator).pk == point.pk


def test_the_second_of_two_who_change_a_point_is_told(cast):
    point = own_point(cast)
    change_point(point, Point(wording="First"), by=cast.coordinator)
    with pytest.raises(SomebodyWasQuicker):
        change_point(point, Point(wording="Second"), by=cast.coordinator)


def test_a_point_is_taken_off_and_put_back(cast):
    point = own_point(cast)
    retire_point(point, by=cast.coordinator)
    assert len(wordings(cast.placement)) == 15
    restore_point(point, by=cast.coordinator)
    assert len(wordings(cast.placement)) == 16
    with pytest.raises(Refused, match="on the list already"):
        restore_point(point, by=cast.coordinator)


def test_an_answered_point_stays_when_it_is_taken_off(cast):
    point = own_point(cast)
    tick(cast.placement, point, by=cast.student)
    retire_point(point, by=cast.coordinator)
    assert wordings(cast.placement)[15:] == [point.wording]


def test_coordinator_adds_changes_and_retires_through_the_pages(cast):
    client = signed_in(cast.coordinator)
    assert "No points of your own yet" in client.get("/induction-points/").content.decode()
    client.post("/induction-points/add/", posted("I know the gate", employer=cast.employer.pk))
    point = Point.objects.get(provider=cast.provider)
    assert (point.wording, point.employer) == ("I know the gate", cast.employer)
    client.post(f"/induction-points/{point.pk}/", posted("I know both gates"))
    fresh = Point.objects.get(provider=cast.provider, retired_at=None)
    page = client.get(f"/induction-points/{fresh.pk}/").content.decode()
    assert "I know the gate" in page
    assert "the point from I know the gate to I know both gates" in page
    client.post(f"/induction-points/{fresh.pk}/retire/")
    page = client.get("/induction-points/?show=retired").content.decode()
    assert "I know both gates" in page
    assert "I know the gate" not in page
    client.post(f"/induction-points/{fresh.pk}/restore/")
    assert wordings(cast.placement)[15:] == ["I know both gates"]


def test_words_for_a_point_that_somebody_changed_or_took_off_meanwhile_come_back(cast):
    client, point = signed_in(cast.coordinator), own_point(cast)
    path = f"/induction-points/{point.pk}/"
    seen = client.get(path).context["form"]["seen"].value()
    change_point(point, Point(wording="I know both gates"), by=cast.coordinator)
    response = client.post(path, posted("I can open the gate") | {"seen": seen})
    form = response.context["form"]
    told = "Somebody changed this to “I know both gates” meanwhile. Put in what is right, and save again."
    assert (response.status_code, dict(form.errors)) == (422, {"wording": [told]})
    assert form["wording"].value() == "I can open the gate"
    assert client.post(path, posted("I can open the gate") | {"seen": form["seen"].value()}).status_code == 302
    fresh = Point.objects.get(provider=cast.provider, retired_at=None)
    assert fresh.wording == "I can open the gate"
    retire_point(fresh, by=cast.coordinator)
    form = client.post(path, posted("I can shut the gate")).context["form"]
    assert form.non_field_errors() == [
        "Somebody took this point off meanwhile. Put it back on the list, then save again."
    ]
    assert form["wording"].value() == "I can shut the gate"
    assert client.get(path).status_code == 404


def test_an_empty_point_is_refused_and_the_hint_is_kept(cast):
    response = signed_in(cast.coordinator).post("/induction-points/add/", posted("", hint="Ask at the desk"))
    assert response.status_code == 422
    assert "This is missing." in response.content.decode()
    assert "Ask at the desk" in response.content.decode()


@pytest.mark.parametrize("wording", ["a\x00b", "x" * 301])
def test_nonsense_is_refused(cast, wording):
    assert list(PointForm(posted(wording), provider=cast.provider).errors) == ["wording"]


def test_another_providers_employer_cannot_be_chosen(cast):
    form = PointForm(posted(employer=cast.other_employer.pk), provider=cast.provider)
    assert list(form.errors) == ["employer"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_points_takes_five_queries(cast, django_assert_num_queries, count):
    point = own_point(cast, employer=EmployerFactory(provider=cast.provider))
    employers = Employer.objects.bulk_create(like(point.employer, name=f"Employer {n}") for n in range(1, count))
    rows = [like(point, number=n, employer=employer) for n, employer in enumerate(employers, start=2)]
    Point.objects.bulk_create(rows)
    client = signed_in(cast.coordinator)
    with django_assert_num_queries(5):
        client.get("/induction-points/")


# --- The form with checkboxes ---


def test_a_box_that_the_page_did_not_show_ticked_takes_nothing_back(cast):
    lines = lines_of(cast.placement, Checklist.ARRANGEMENTS)
    point = lines[0].point
    tick(cast.placement, point, by=cast.student)
    lines = lines_of(cast.placement, Checklist.ARRANGEMENTS)
    save_answers(cast.placement, ChecklistForm(lines, {}, only_ticks=True), by=cast.student)
    assert Tick.objects.filter(point=point).exists()
    shown = {f"shown-{point.pk}": "1"}
    save_answers(cast.placement, ChecklistForm(lines, shown, only_ticks=True), by=cast.student)
    assert not Tick.objects.filter(point=point).exists()


def test_a_hint_is_shown_as_text(cast):
    point = own_point(cast, hint="<b>loud</b>")
    assert "<b>" not in str(
        ChecklistForm([lines_of(cast.placement, "induction")[15]], only_ticks=True)[f"state-{point.pk}"].help_text
    )
