"""Learning goals: written, sent, agreed by link, changed with the old wording kept."""

from datetime import date

import pytest
from django.utils import timezone
from time_machine import travel

from placements.goals import starting, writing
from placements.goals.answering import WishForms
from placements.goals.forms import LibraryGoalForm, goal_rows
from placements.goals.models import LearningGoal, LibraryGoal
from placements.goals.showing import learning_goals
from placements.goals.standing import standing_of, tally_of
from placements.models import Placement
from placements.starting import tasks_of
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.rooms import entries_of, filled_in
from portal.workflow import Refused
from tests.conftest import make_cast, signed_in
from tests.factories import like
from tests.pages import said
from tests.poured import scene

pytestmark = pytest.mark.django_db
TESTS, REVIEWS, MEETINGS = "Write tests before the code", "Review the code of others", "Take part in meetings"
SPRING = "2026-03-03 12:00"


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to(SPRING)


def write(placement, *wordings, by):
    goals = list(placement.goals.current())
    rows = [(goal.pk, wording) for goal, wording in zip(goals, wordings, strict=False)]
    rows += [(None, wording) for wording in wordings[len(goals) :]]
    return writing.write_goals(placement, rows, by=by)


def form_of(*rows, **more):
    data = {"goals-TOTAL_FORMS": len(rows), "goals-INITIAL_FORMS": 0}
    for number, (pk, place, wording) in enumerate(rows):
        data |= {f"goals-{number}-pk": pk, f"goals-{number}-place": place, f"goals-{number}-wording": wording}
    return data | more


def seen(placement):
    return writing.fingerprint(placement.goals.current())


def wordings(placement):
    return list(placement.goals.current().values_list("number", "wording"))


@scene
@travel(SPRING, tick=False)
def sent_to_the_manager():
    """The cast, with two goals that the tutor has sent; the manager has not answered."""
    cast = make_cast()
    write(cast.placement, TESTS, REVIEWS, by=cast.tutor)
    writing.send_goals(cast.placement, by=cast.tutor)
    return cast


@scene
@travel(SPRING, tick=False)
def agreed_by_both():
    """The same, agreed to by the manager."""
    cast = sent_to_the_manager()
    writing.agree_to_goals(cast.placement, name="Manager Reed", by=cast.manager, seen=seen(cast.placement))
    Ask.objects.filter(answered_at=None).update(answered_at="2026-03-03T12:00Z")
    return cast


@pytest.fixture
def cast(request, db):
    if "agreed" in request.fixturenames:
        return agreed_by_both()
    return sent_to_the_manager() if "sent" in request.fixturenames else make_cast()


@pytest.fixture
def sent(cast):
    return seen(cast.placement)


@pytest.fixture
def agreed(cast):
    return list(cast.placement.goals.current())


def link_of(cast):
    return Ask.objects.get(kind="goals", to=cast.manager).path()


# --- writing ---


def test_the_tutor_writes_goals_and_sends_them(cast):
    path = f"/placements/{cast.placement.pk}/goals/edit/"
    data = form_of(("", 2, TESTS), ("", 1, REVIEWS), ("", "", ""), seen=seen(cast.placement), send="1")
    response = signed_in(cast.tutor).post(path, data)
    assert wordings(cast.placement) == [(1, REVIEWS), (2, TESTS)]
    assert "Manager Reed has been asked to agree" in said(response)[0]
    assert list(Notice.objects.filter(kind="ask_goals").values_list("subject", flat=True)) == [
        "Learning goals to agree to"
    ]
    assert set(LearningGoal.objects.values_list("tutor_agreed_name", flat=True)) == {"Tutor Reed"}


def test_goals_that_are_only_saved_are_nobodys_business_yet(cast):
    path = f"/placements/{cast.placement.pk}/goals/"
    data = form_of(("", 1, TESTS), seen=seen(cast.placement))
    assert signed_in(cast.tutor).post(f"{path}edit/", data).url == path
    assert wordings(cast.placement) == [(1, TESTS)]
    assert not Ask.objects.exists()
    assert TESTS not in signed_in(cast.manager).get(path).content.decode()
    assert TESTS not in signed_in(cast.student).get(path).content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (form_of(("", 1, TESTS), ("", 2, TESTS.upper())), "Two goals say the same. Change one, or take it out."),
        (form_of(("", "", ""), send="1"), "Write at least one goal before you send them."),
    ],
)
def test_goals_that_cannot_hold_together_are_refused(data, says):
    assert goal_rows(None, [], data).non_form_errors() == [says]


def test_what_cannot_be_kept_is_said_beside_it_and_stays_typed(cast):
    path = f"/placements/{cast.placement.pk}/goals/edit/"
    rows = [("", 1, "x" * 401), ("", "first", TESTS), ("", 3, "a\0b")]
    response = signed_in(cast.tutor).post(path, form_of(*rows, seen=seen(cast.placement)))
    assert response.status_code == 422
    page = response.content.decode()
    assert "A goal has at most 400 characters." in page
    assert "Give the place as a number, for example 2." in page
    assert "Null characters are not allowed." in page
    assert TESTS in page
    assert not cast.placement.goals.exists()


def test_nonsense_breaks_nothing(cast):
    client = signed_in(cast.tutor)
    for data in ({"goals-TOTAL_FORMS": "x"}, {"goals-TOTAL_FORMS": 9999, "goals-INITIAL_FORMS": 0}):
        assert client.post(f"/placements/{cast.placement.pk}/goals/edit/", data).status_code in (302, 422)


def test_eleven_goals_are_refused(cast):
    with pytest.raises(Refused, match="At most 10 goals"):
        write(cast.placement, *(f"Goal {n}" for n in range(11)), by=cast.tutor)


def test_who_comes_second_is_told(cast):
    old = seen(cast.placement)
    write(cast.placement, TESTS, by=cast.tutor)
    path = f"/placements/{cast.placement.pk}/goals/edit/"
    response = signed_in(cast.coordinator).post(path, form_of(("", 1, REVIEWS), seen=old))
    assert response.status_code == 422
    assert "Somebody was quicker" in response.content.decode()
    assert REVIEWS in response.content.decode()
    assert wordings(cast.placement) == [(1, TESTS)]


# --- agreeing ---


def test_the_manager_agrees_by_link_without_an_account(cast, sent, client):
    page = client.get(link_of(cast)).content.decode()
    assert "You are answering as <strong>Manager Reed</strong>" in page
    assert TESTS in page
    assert "2007" not in page
    response = client.post(link_of(cast), {"seen": sent}, follow=True)
    assert "You have agreed to the learning goals" in response.content.decode()
    assert all(goal.is_agreed for goal in cast.placement.goals.current())
    assert Ask.objects.get().is_answered
    assert Event.objects.about(cast.placement).first().says == "agreed to the learning goals (2)"


def test_the_signed_in_manager_agrees_likewise(cast, sent):
    manager, path = signed_in(cast.manager), f"/asks/{Ask.objects.get().pk}/"
    assert f'href="{path}"' in manager.get(f"/placements/{cast.placement.pk}/goals/").content.decode()
    manager.post(path, {"seen": sent})
    assert all(goal.is_agreed for goal in cast.placement.goals.current())


def test_agreeing_twice_is_agreeing_once(cast, agreed, client):
    response = client.post(link_of(cast), {"seen": seen(cast.placement)})
    assert response.status_code == 422
    assert "There is nothing to agree to just now." in response.content.decode()


def test_the_manager_cannot_agree_to_what_changed_meanwhile(cast, sent, client):
    write(cast.placement, MEETINGS, REVIEWS, by=cast.tutor)
    writing.send_goals(cast.placement, by=cast.tutor)
    response = client.post(link_of(cast), {"seen": sent})
    assert response.status_code == 422
    assert "Somebody was quicker" in response.content.decode()
    assert not any(goal.is_agreed for goal in cast.placement.goals.current())


def test_the_manager_asks_for_a_change_and_the_tutor_hears(cast, sent, client):
    first = cast.placement.goals.current()[0]
    data = {"seen": sent, "wish": "1", f"goal{first.pk}-wish": "We test afterwards"}
    page = client.post(link_of(cast), data, follow=True).content.decode()
    assert "The college has your words and will answer" in page
    notice = Notice.objects.get(kind="goals_wished")
    assert (notice.to, notice.subject) == (cast.tutor, "A change to learning goals is asked for")
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/goals/").content.decode()
    assert "Manager Reed asks for a change" in page
    assert "We test afterwards" in page
    needs = [need.says for need in needs_of_staff(cast.tutor.desks[0], timezone.now())]
    assert any("asks for a change to the learning goals" in need for need in needs)
    write(cast.placement, "Test what you write", REVIEWS, by=cast.tutor)
    writing.send_goals(cast.placement, by=cast.tutor)
    assert not cast.placement.goals.current().exclude(wish="").exists()
    assert Ask.objects.open().filter(kind="goals", to=cast.manager).count() == 1


@pytest.mark.parametrize("words", ["x" * 401, "a\0b"])
def test_a_wish_that_cannot_be_kept_is_refused(words):
    assert not WishForms([LearningGoal(pk=7, number=1)], {"goal7-wish": words}).is_valid()


def test_a_wish_without_words_is_refused(cast, sent, client):
    goal = cast.placement.goals.current()[0]
    assert client.post(link_of(cast), {"seen": sent, "wish": "1", f"goal{goal.pk}-wish": ""}).status_code == 422
    assert not Notice.objects.filter(kind="goals_wished").exists()


def test_agreed_in_person_is_recorded_with_who_recorded_it(cast):
    write(cast.placement, TESTS, by=cast.tutor)
    path = f"/placements/{cast.placement.pk}/goals/agreed/"
    client = signed_in(cast.tutor)
    assert client.post(path, {"on": "2026-03-04", "seen": seen(cast.placement)}).status_code == 422
    client.post(path, {"on": "2026-03-02", "seen": seen(cast.placement)})
    goal = cast.placement.goals.get()
    assert goal.sentence == (
        "Agreed: Tutor Reed on 3 March 2026, and Manager Reed agreed in person on 2 March 2026 (recorded by Tutor Reed)"
    )
    assert not Ask.objects.open().exists()


def test_goals_are_taken_back_before_the_manager_answers(cast, sent):
    response = signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/goals/take-back/")
    assert "Taken back." in said(response)[0]
    assert not Ask.objects.open().exists()
    assert all(goal.is_draft for goal in cast.placement.goals.current())


def test_nobody_is_asked_any_more_once_the_placement_has_ended(cast, sent, client):
    cast.placement.end(by=cast.tutor, reason="Left")
    assert client.get(link_of(cast)).status_code == 410


def test_nothing_to_send_or_take_back_is_said(cast):
    client, shown = signed_in(cast.tutor), {"seen": seen(cast.placement)}
    for act, says in (
        ("send", "Write at least one goal first."),
        ("take-back", "Nothing of it waits for the line manager any more."),
    ):
        assert said(client.post(f"/placements/{cast.placement.pk}/goals/{act}/", shown))[-1] == says, act


def test_without_a_manager_nothing_can_be_sent(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    placement = Placement.objects.get(pk=cast.placement.pk)
    write(placement, TESTS, by=cast.tutor)
    with pytest.raises(Refused, match="No line manager is named"):
        writing.send_goals(placement, by=cast.tutor)


# --- changing what was agreed ---


def test_a_changed_wording_keeps_the_old_one_and_who_agreed(cast, agreed, time_machine):
    time_machine.move_to("2026-04-07 09:00")
    write(cast.placement, "Write and run tests", REVIEWS, by=cast.tutor)
    assert wordings(cast.placement) == [(1, "Write and run tests"), (2, REVIEWS)]
    old = cast.placement.goals.get(wording=TESTS)
    assert (old.number, old.manager_agreed_name) == (1, "Manager Reed")
    assert old.replaced_at is not None
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/goals/").content.decode()
    assert f"Wording until 7 April 2026: {TESTS}" in page
    assert "1 learning goal" not in page
    writing.send_goals(cast.placement, by=cast.tutor)
    writing.agree_to_goals(cast.placement, name="Manager Reed", by=cast.manager, seen=seen(cast.placement))
    assert all(goal.is_agreed for goal in cast.placement.goals.current())


def test_a_change_that_is_written_back_is_none(cast, agreed):
    write(cast.placement, "Something else", REVIEWS, by=cast.tutor)
    write(cast.placement, TESTS, REVIEWS, by=cast.tutor)
    assert list(cast.placement.goals.current()) == agreed
    assert all(goal.is_agreed for goal in cast.placement.goals.current())


def test_goals_change_places_without_a_new_agreement(cast, agreed):
    rows = [(agreed[1].pk, REVIEWS), (agreed[0].pk, TESTS)]
    assert writing.write_goals(cast.placement, rows, by=cast.tutor)
    assert wordings(cast.placement) == [(1, REVIEWS), (2, TESTS)]
    assert all(goal.is_agreed for goal in cast.placement.goals.current())
    assert not writing.write_goals(cast.placement, rows, by=cast.tutor)


def test_a_dropped_goal_is_kept_as_history(cast, agreed):
    writing.write_goals(cast.placement, [(agreed[1].pk, REVIEWS)], by=cast.tutor)
    assert wordings(cast.placement) == [(1, REVIEWS)]
    page = signed_in(cast.student).get(f"/placements/{cast.placement.pk}/goals/").content.decode()
    assert "Earlier wordings" in page
    assert TESTS in page


# --- what must be settled before the start ---


@pytest.mark.database
def test_own_page_placement_and_path_say_the_same_of_what_is_missing(cast):
    def task():
        placement = Placement.objects.with_people().get(pk=cast.placement.pk)
        [entry] = filled_in(placement, [learning_goals(placement, {"tutor"})])
        own_page = standing_of(placement, tally_of(writing.current_goals(placement)))
        found = starting.learning_goals([placement])[placement.pk]
        assert (entry.says, entry.tone) == (own_page.says, own_page.tone)
        assert (entry.says, own_page.is_settled) == (found.says, found.done)
        return found

    assert task().says == (
        "No learning goal is written. The tutor or the placement office can write them with the employer."
    )
    write(cast.placement, TESTS, by=cast.tutor)
    assert task().says.startswith("1 learning goal written, not sent yet.")
    write(cast.placement, TESTS, REVIEWS, by=cast.tutor)
    assert task().says.startswith("2 learning goals written, not sent yet.")
    writing.send_goals(cast.placement, by=cast.tutor)
    assert task().says == "Manager Reed has not agreed to the learning goals yet."
    assert not task().done
    LearningGoal.objects.filter(number=2).update(wish="Less", wished_name="Amira Khan", wished_at=timezone.now())
    assert task().says.startswith("Amira Khan asks for a change to the learning goals.")
    LearningGoal.objects.update(wish="", wished_name="", wished_at=None)
    writing.agree_to_goals(cast.placement, name="Manager Reed", by=cast.manager, seen=seen(cast.placement))
    assert task().says == "2 learning goals, agreed by tutor and line manager."
    assert task().done


def test_what_is_agreed_is_said_on_all_pages(cast, agreed):
    both_agreed = "2 learning goals, agreed by tutor and line manager."
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/goals/")
    assert page.context["standing"].says == both_agreed
    assert both_agreed in [entry.says for entry in entries_of(cast.placement, {"tutor"})]
    assert both_agreed in [task.says for task in tasks_of([cast.placement])[cast.placement.pk]]


def test_the_page_takes_six_queries(cast, django_assert_num_queries):
    def ask():
        with django_assert_num_queries(6):
            client.get(f"/placements/{cast.placement.pk}/goals/")

    client, now = signed_in(cast.tutor), timezone.now()
    both = {"tutor_agreed_at": now, "manager_agreed_at": now}
    old = LearningGoal.objects.create(placement=cast.placement, number=1, wording=TESTS, replaced_at=now, **both)
    new = LearningGoal.objects.create(placement=cast.placement, number=1, wording="Changed", replaces=old)
    ask()
    LearningGoal.objects.bulk_create(like(goal, number=n) for n in (2, 3) for goal in (old, new))
    ask()


# --- the library ---


def library(cast, wording=TESTS, provider=None):
    return LibraryGoal.objects.create(
        provider=provider or cast.provider, tlevel=cast.student_record.tlevel, wording=wording
    )


def test_the_library_is_kept_by_the_staff(cast):
    client = signed_in(cast.coordinator)
    data = {"tlevel": cast.student_record.tlevel_id, "wording": TESTS}
    assert "No goal here yet" in client.get("/goal-library/").content.decode()
    client.post("/goal-library/add/", data)
    goal = LibraryGoal.objects.get()
    assert goal.provider == cast.provider
    again = LibraryGoalForm(data, instance=LibraryGoal(provider=cast.provider))
    assert again.errors == {"wording": ["The library has this goal for this T Level already."]}
    client.post(f"/goal-library/{goal.pk}/edit/", data | {"wording": REVIEWS})
    assert REVIEWS in client.get(f"/goal-library/?tlevel={data['tlevel']}").content.decode()
    assert client.get("/goal-library/?tlevel=x").status_code == 200
    client.post(f"/goal-library/{goal.pk}/remove/")
    assert not LibraryGoal.objects.exists()


def test_the_library_refuses_nonsense(cast):
    client = signed_in(cast.tutor)
    for wording in ("", "x" * 401, "a\0b"):
        data = {"tlevel": cast.student_record.tlevel_id, "wording": wording}
        assert list(LibraryGoalForm(data, instance=LibraryGoal(provider=cast.provider)).errors) == ["wording"]
    assert client.post("/goal-library/add/", {"tlevel": "x"}).status_code == 422


def test_goals_of_the_library_are_taken_over_and_may_be_changed(cast):
    goal, foreign = library(cast), library(cast, REVIEWS, cast.other_provider)
    client, path = signed_in(cast.tutor), f"/placements/{cast.placement.pk}/goals/choose/"
    page = client.get(path).content.decode()
    assert TESTS in page
    assert REVIEWS not in page
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"goals": [foreign.pk]}).status_code == 422
    client.post(path, {"goals": [goal.pk]})
    assert wordings(cast.placement) == [(1, TESTS)]
    assert "All of them are here already" in client.get(path).content.decode()


def test_the_library_takes_five_queries(cast, django_assert_num_queries):
    client, first = signed_in(cast.tutor), library(cast)
    with django_assert_num_queries(5):
        client.get("/goal-library/")
    LibraryGoal.objects.bulk_create([like(first, wording=REVIEWS), like(first, wording=MEETINGS)])
    with django_assert_num_queries(5):
        client.get("/goal-library/")


def test_a_started_placement_lets_no_goal_vanish(cast):
    write(cast.placement, TESTS, by=cast.tutor)
    goal = cast.placement.goals.get()
    writing.write_goals(cast.placement, [(None, REVIEWS)], by=cast.tutor)
    goal.refresh_from_db()
    assert goal.replaced_at is not None
    assert goal.written_at.date() == date(2026, 3, 3)
