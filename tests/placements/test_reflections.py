"""Reflections on behaviour: rated group by group, finished, shared, taken back, over time and beside the manager's."""

from datetime import date, timedelta
from html import unescape

import pytest

from placements.behaviours.chart import Figure, groups_chart
from placements.behaviours.growth import Growth
from placements.behaviours.models import Behaviour, BehaviourReflection
from placements.behaviours.showing import behaviours, look_at_your_own_behaviour
from placements.behaviours.views import groups
from portal.rooms import filled_in
from portal.timeline import Timeline
from portal.versions import reword
from portal.workflow import Refused
from students.rating.growth import lowest
from tests.conftest import signed_in
from tests.pages import given_back, said, text_of
from tests.placements.reflections import finished
from tests.reviews.forms_ready import handed_in_form

pytestmark = pytest.mark.django_db


def send(client, reflection, number, value, **more):
    """Send one group with the same answer everywhere."""
    _, asked = groups()[number - 1]
    answers = {f"behaviour-{one.pk}": value for one in asked}
    return client.post(f"/behaviours/{reflection.pk}/group/{number}/", answers | more)


def test_from_begin_to_shared_on_five_screens(cast):
    client = signed_in(cast.student)
    for _ in range(2):  # a second press goes on with the same
        assert client.post("/behaviours/begin/").url.endswith("/group/1/")
    reflection = BehaviourReflection.objects.get()
    for number in range(1, 5):
        assert send(client, reflection, number, "4").url.endswith(f"/group/{number + 1}/")
    assert send(client, reflection, 5, "none", words="No mistakes so far").url == f"/behaviours/{reflection.pk}/"
    client.post(f"/behaviours/{reflection.pk}/finish/")
    late = send(client, reflection, 5, "none", words="One mistake after all")
    assert given_back(late) == ["One mistake after all"]
    client.post(f"/behaviours/{reflection.pk}/hand-in/")
    reflection.refresh_from_db()
    assert (reflection.status, reflection.ratings.count()) == ("handed_in", 27)
    page = signed_in(cast.tutor).get(f"/behaviours/{reflection.pk}/").content.decode()
    assert "Not had the chance yet" in page
    assert "No mistakes so far" in page
    assert "Finish</button>" not in page


@pytest.mark.database
def test_each_choice_is_saved_at_once_and_words_can_be_emptied(cast):
    client, reflection = signed_in(cast.student), BehaviourReflection.objects.create(student=cast.student_record)
    path, calm = f"/behaviours/{reflection.pk}/group/1/", Behaviour.objects.get(code="calm")
    data = {f"behaviour-{calm.pk}": "5", "words": "On Friday the phones never stopped"}
    assert client.post(path, data, headers={"X-Autosave": "1"}).json()["says"] == "Saved."
    assert reflection.ratings.get().words == "Others can learn it from me"
    assert reflection.words.get().words == "On Friday the phones never stopped"
    assert "On Friday the phones never stopped" in client.get(path).content.decode()
    assert client.post(path, {f"behaviour-{calm.pk}": "none", "words": "", "do": "later"}).url == "/behaviours/"
    assert reflection.ratings.get().words == "Not had the chance yet"
    assert not reflection.words.exists()


def test_nonsense_is_refused_next_to_its_field_and_the_rest_is_kept(cast):
    client, reflection = signed_in(cast.student), BehaviourReflection.objects.create(student=cast.student_record)
    calm, punctual = (f"behaviour-{Behaviour.objects.get(code=code).pk}" for code in ("calm", "punctual"))
    path = f"/behaviours/{reflection.pk}/group/1/"
    response = client.post(path, {punctual: "4", calm: "9", "words": "x" * 1001})
    assert response.status_code == 422
    assert "Choose one of the six." in response.text
    assert "at most 1000 characters" in response.text
    assert reflection.ratings.get().behaviour.code == "punctual"
    for wrong, says in (({calm: "9"}, "Choose one of the six."), ({"words": "a\0b"}, "Null characters")):
        quiet = client.post(path, {punctual: "4"} | wrong, headers={"X-Autosave": "1"})
        assert quiet.status_code == 422
        assert says in quiet.json()["says"]


def test_a_page_that_is_still_open_is_told_that_it_was_finished_elsewhere(cast):
    client, reflection = signed_in(cast.student), finished(cast.student_record, 3)
    path, told = f"/behaviours/{reflection.pk}/group/3/", "You finished this meanwhile, so it stays as it is."
    sent = {"words": "We plan the day together."}
    quiet = client.post(path, sent, headers={"X-Autosave": "1"})
    assert (quiet.status_code, quiet.json()) == (409, {"says": told})
    pressed = client.post(path, sent)
    assert (text_of(pressed).count(told), given_back(pressed)) == (1, ["We plan the day together."])


def test_a_group_that_does_not_exist_is_not_found(cast):
    client, reflection = signed_in(cast.student), BehaviourReflection.objects.create(student=cast.student_record)
    assert client.get(f"/behaviours/{reflection.pk}/group/0/").status_code == 404
    assert client.get(f"/behaviours/{reflection.pk}/group/6/").status_code == 404


def test_it_is_not_finished_while_something_is_missing(cast):
    reflection, client = BehaviourReflection.objects.create(student=cast.student_record), signed_in(cast.student)
    with pytest.raises(Refused, match="27 of the statements have no answer yet"):
        reflection.finish(by=cast.student)
    send(client, reflection, 2, 4)
    page = client.get(f"/behaviours/{reflection.pk}/").content.decode()
    assert "Being professional</a>: 10 statements" in page
    assert f'<a class="btn btn-secondary" href="/behaviours/{reflection.pk}/group/1/">' in page
    assert "Finish</button>" not in page


def test_the_tutor_sees_it_from_sharing_to_taking_back(cast, django_assert_num_queries):
    reflection, seen = finished(cast.student_record), BehaviourReflection.objects.visible_to(cast.tutor)
    tutor, page = signed_in(cast.tutor), f"/students/{cast.student_record.pk}/behaviours/own/"
    assert not seen.exists()
    assert "Nothing shared yet" in tutor.get(page).content.decode()
    reflection.hand_in(by=cast.student)
    assert seen.get() == reflection
    for who in ("manager", "coordinator", "tutor2", "student2", "other_tutor"):
        assert not BehaviourReflection.objects.visible_to(getattr(cast, who)).exists(), who
    assert "student's own view" in unescape(tutor.get(page).text)
    with django_assert_num_queries(1):
        [entry] = filled_in(cast.student_record, [behaviours(cast.student_record, cast.tutor)])
    assert entry.says == "1 shared"
    assert behaviours(cast.student_record, cast.coordinator) is None
    signed_in(cast.student).post(f"/behaviours/{reflection.pk}/take-back/")
    assert not seen.exists()


def test_answers_are_changed_after_finishing_until_a_newer_one_is_begun(cast):
    client, reflection = signed_in(cast.student), finished(cast.student_record)
    assert client.get(f"/behaviours/{reflection.pk}/group/1/").url == f"/behaviours/{reflection.pk}/"
    client.post(f"/behaviours/{reflection.pk}/reopen/")
    reflection.refresh_from_db()
    assert reflection.status == "open"
    reflection.finish(by=cast.student)
    BehaviourReflection.objects.create(student=cast.student_record)
    [*_, says] = said(client.post(f"/behaviours/{reflection.pk}/reopen/"))
    assert "You have begun a newer one." in says


def test_other_words_are_no_verbs(cast):
    reflection, client = finished(cast.student_record), signed_in(cast.student)
    for verb in ("write", "delete", "finish-it"):
        assert client.post(f"/behaviours/{reflection.pk}/{verb}/").status_code == 404, verb


def test_only_an_open_one_is_thrown_away(cast):
    kept, client = finished(cast.student_record), signed_in(cast.student)
    client.post(f"/behaviours/{kept.pk}/remove/")
    begun = BehaviourReflection.objects.create(student=cast.student_record)
    client.post(f"/behaviours/{begun.pk}/remove/")
    assert list(BehaviourReflection.objects.all()) == [kept]


def test_what_was_rated_keeps_its_wording_and_grows_across_wordings(cast):
    first = finished(cast.student_record, 2)
    reword(Behaviour.objects.get(code="calm", retired_at=None), "Keeps a cool head")
    last = finished(cast.student_record, 4)
    page = signed_in(cast.student).get(f"/behaviours/{first.pk}/").content.decode()
    assert "Stays calm when there is pressure" in page
    assert "Keeps a cool head" not in page
    calm = next(change for change in Growth([last, first]).changes() if change.statement.code == "calm")
    assert (calm.statement.wording, calm.first, calm.last) == ("Keeps a cool head", 2, 4)


def test_means_leave_out_what_there_was_no_chance_for(cast):
    growth = Growth([finished(cast.student_record, 2), finished(cast.student_record, 4, open=None, honest=5)])
    means = {label: [figure.mean for figure in figures] for label, figures in growth.over_time()}
    assert means["Taking responsibility"] == ["2.0", "5.0"]
    assert means["Working in a team"] == ["2.0", "4.0"]
    responsibility = dict(growth.over_time())["Taking responsibility"][1]
    assert (responsibility.seen, responsibility.asked) == (1, 2)


@pytest.mark.parametrize(
    ("seen", "asked", "says"),
    [
        (1, 5, "4.0 from 1 of 5"), (2, 5, "4.0 from 2 of 5"), (3, 5, "4.0"), (2, 4, "4.0"), (5, 5, "4.0"),
        (0, 5, "none yet"),
    ],
)  # fmt: skip
def test_a_bar_that_rests_on_few_statements_says_so(seen, asked, says):
    figure = Figure("Line manager", seen, asked, 4 * seen)
    assert figure.said == says
    drawing = groups_chart([("Working in a team", [figure])], title="x", description="y", key="z")
    assert f">{says}</text>" in drawing
    assert ('viewBox="0 0 516' in drawing) == ("from" in says)


def test_the_lowest_become_actions(cast):
    growth = Growth([finished(cast.student_record, 4, calm=1, ideas=2, dress=3, tone=None)])
    assert [change.statement.code for change in lowest(growth.changes())] == ["calm", "ideas", "dress"]
    client, calm = signed_in(cast.student), Behaviour.objects.get(code="calm")
    assert f"/actions/add/?behaviour={calm.pk}" in client.get("/behaviours/").content.decode()
    page = client.get(f"/actions/add/?behaviour={calm.pk}").content.decode()
    assert "From: Stays calm when there is pressure" in page


def test_the_line_manager_stands_beside_it_only_once_handed_in(cast, django_assert_num_queries):
    finished(cast.student_record, 4)
    client = signed_in(cast.student)
    assert "You and your line manager" not in client.get("/behaviours/").content.decode()
    handed_in_form(cast)
    with django_assert_num_queries(8):
        page = client.get("/behaviours/")
    assert "You and your line manager" in page.text
    assert "Line manager, midway" in page.text
    assert [figures[0].mean for _, figures in page.context["beside"]] == ["4.0"] * 5
    assert "From the first time to the last" not in page.text
    for value in (2, 3):
        finished(cast.student_record, value)
    with django_assert_num_queries(8):
        page = client.get("/behaviours/")
    assert page.text.count('<svg class="chart"') == 2
    assert "From the first time to the last" in page.text


def test_the_empty_page_says_what_it_is_good_for(cast):
    assert "Take ten quiet minutes" in signed_in(cast.student).get("/behaviours/").content.decode()
    BehaviourReflection.objects.create(student=cast.student_record)
    page = signed_in(cast.student).get("/behaviours/").content.decode()
    assert "Go on with the one you began" in page


def test_it_is_suggested_three_weeks_in_and_in_the_second_half(cast, time_machine):
    def suggested(day):
        found = look_at_your_own_behaviour(cast.student_record, [cast.placement], day)
        return bool(found) and found.rows.exists()

    time_machine.move_to("2026-03-24")
    assert not suggested(date(2026, 3, 20))
    assert suggested(date(2026, 3, 24))
    finished(cast.student_record)
    assert not suggested(date(2026, 3, 24) + timedelta(days=30))
    assert suggested(date(2026, 5, 20))


def test_a_shared_one_stands_in_the_timeline_for_the_tutor(cast):
    def read_by(reader) -> list[str]:
        timeline = Timeline(cast.student_record, reader, kind="growing")
        return [timeline.read(row).says for row in timeline.rows()]

    reflection, says = finished(cast.student_record), ["Own behaviour at work looked at"]
    assert (read_by(cast.student), read_by(cast.tutor)) == (says, [])
    reflection.hand_in(by=cast.student)
    assert (read_by(cast.tutor), read_by(cast.coordinator)) == (says, [])
