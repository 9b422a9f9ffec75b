"""What is done about a worry: answers, outcomes, who looks after it, who has looked, the clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from placements.concerns import owning
from placements.concerns.clock import escalate_overdue, remind_owners
from placements.concerns.filters import ConcernFilter
from placements.concerns.models import Concern
from placements.concerns.raising import add_words
from placements.concerns.showing import answers_to_read
from placements.concerns.views.reading import looks_of
from portal.history.models import Event, Look
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.people.leaving import what_keeps
from portal.people.models import Membership
from portal.workflow import Refused, SomebodyWasQuicker
from students.keeping import move_student
from tests.conftest import TODAY, make_cast, signed_in
from tests.factories import MembershipFactory, UserFactory, like
from tests.pages import said
from tests.placements.access_concerns import accident_of, concern_of, concerns_of, late_concern_of
from tests.poured import scene

pytestmark = pytest.mark.django_db


@scene
@travel(TODAY, tick=False)
def told():
    """The cast, whose student has told the tutor of a worry."""
    cast = make_cast()
    cast.concern = concern_of(cast)
    return cast


@pytest.fixture
def cast(request, db):
    return told() if {"concern", "late"} & set(request.fixturenames) else make_cast()


@pytest.fixture
def concern(cast):
    return cast.concern


@pytest.fixture
def late(concern):
    """The same an hour after an answer was due."""
    Concern.objects.update(due_at=timezone.now() - timedelta(hours=1))
    return fresh(concern)


def fresh(concern) -> Concern:
    return Concern.objects.with_people().get(pk=concern.pk)


def post(user, name: str, concern, **data):
    seen = Concern.objects.values_list("version", flat=True).get(pk=concern.pk)
    return signed_in(user).post(reverse(name, args=[concern.pk]), {"seen": seen} | data)


def page(user, concern) -> str:
    return signed_in(user).get(reverse("concern_detail", args=[concern.pk])).content.decode()


def mailed(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("address", flat=True))


def needs_of(user) -> list[str]:
    """What the home of staff says needs them, the most urgent first."""
    return [need.says for need in needs_of_staff(Membership.objects.get(user=user), timezone.now())]


# --- the conversation ---


def test_tutor_and_student_write_to_each_other(cast, concern):
    empty = post(cast.tutor, "concern_write", concern, text="  ")
    assert (empty.status_code, "Write a few words first." in empty.content.decode()) == (422, True)
    assert post(cast.tutor, "concern_write", concern, text="Can you take the tram?").status_code == 302
    assert fresh(concern).status == "answered"
    assert mailed("concern_answered") == ["student@cast.test"]
    assert "Tutor Reed looks after it" in page(cast.student, concern)
    assert post(cast.student, "concern_write", concern, text="There is none").status_code == 302
    assert mailed("concern_news") == ["tutor@cast.test"]
    assert [message.text for message in fresh(concern).messages.all()] == [
        "The bus never comes",
        "Can you take the tram?",
        "There is none",
    ]


def test_an_answer_that_crosses_new_words_of_the_student_is_kept_and_not_sent(cast, concern):
    seen = concern.version
    add_words(concern, "It is about the train", by=cast.student)
    response = post(cast.tutor, "concern_write", concern, text="Take the tram", seen=seen)
    assert response.status_code == 409
    words = response.content.decode()
    assert "Take the tram</textarea>" in words
    assert "It is about the train" in words
    assert fresh(concern).status == "raised"


def test_clicked_twice_or_sent_again_after_going_back_it_stands_there_once_and_says_so(cast, concern, time_machine):
    told_once = ["The bus never comes", "Here is the plan"]
    time_machine.move_to(timezone.now(), tick=False)
    for _ in range(2):
        clicked = post(cast.tutor, "concern_write", concern, text="Here is the plan", seen=concern.version)
    assert clicked.status_code == 302
    assert [message.text for message in concern.messages.all()] == told_once
    time_machine.shift(timedelta(minutes=20))
    again = post(cast.tutor, "concern_write", concern, text="Here is the plan")
    assert said(again) == ["This was sent already. Nothing was sent twice."]
    assert [message.text for message in concern.messages.all()] == told_once
    assert len(mailed("concern_answered")) == 1
    time_machine.shift(timedelta(hours=1))
    assert not fresh(concern).was_just_said("Here is the plan", by=cast.tutor)


def test_so_do_words_of_the_student_that_are_clicked_twice(cast, concern):
    for _ in range(2):
        assert add_words(concern, "There is no tram", by=cast.student)
    assert fresh(concern).was_just_said("There is no tram", by=cast.student)
    assert [message.text for message in concern.messages.all()] == ["The bus never comes", "There is no tram"]
    assert len(mailed("concern_news")) == 1


def test_the_same_words_after_an_answer_are_new_words(cast, concern):
    concern.answer(by=cast.tutor, text="Any news?")
    assert fresh(concern).was_just_said("Any news?", by=cast.tutor)
    add_words(concern, "None", by=cast.student)
    assert not fresh(concern).was_just_said("Any news?", by=cast.tutor)


def test_taken_up_twice_it_says_so_once(cast, concern):
    concern.settle(by=cast.tutor, outcome="The tram")
    concern.reopen(by=cast.student, text="It is late again")
    again = post(cast.student, "concern_reopen", concern, text="It is late again")
    assert said(again) == ["This was sent already. Nothing was sent twice."]
    assert concern.messages.filter(text="It is late again").count() == 1


def test_words_for_what_was_settled_meanwhile_are_not_lost(cast, concern):
    concern.settle(by=cast.tutor, outcome="The tram")
    response = post(cast.student, "concern_write", concern, text="One more thing")
    assert response.status_code == 409
    assert "One more thing</textarea>" in response.content.decode()


def test_settled_with_an_outcome_and_a_day_to_ask_again(cast, concern):
    response = post(cast.tutor, "concern_settle", concern, outcome="", follow_up_on="2020-01-01")
    assert response.status_code == 422
    assert "Say in a few words what came of it." in response.content.decode()
    assert "This day is past." in response.content.decode()
    day = timezone.localdate() + timedelta(days=14)
    post(cast.tutor, "concern_settle", concern, outcome="The early tram", follow_up_on=f"{day}")
    settled = fresh(concern)
    assert (settled.status, settled.outcome, settled.follow_up_on) == ("settled", "The early tram", day)
    assert settled.due_at is None
    assert "The early tram" in page(cast.student, concern)
    assert mailed("concern_answered") == ["student@cast.test"]


def test_the_student_settles_it_and_takes_it_up_again(cast, concern):
    assert "It is settled for me" in page(cast.student, concern)
    concern.settle(by=cast.student, outcome="The bus came")
    assert fresh(concern).sentence().endswith("by Student Reed")
    assert mailed("concern_news") == ["tutor@cast.test"]
    post(cast.student, "concern_reopen", concern, text="It stopped again")
    again = fresh(concern)
    assert (again.status, again.outcome, again.settled_at) == ("reopened", "", None)
    assert again.due_at > timezone.now()


def test_withdrawn_by_the_student_only_and_kept(cast, concern):
    assert post(cast.tutor, "concern_withdraw", concern).status_code == 403
    post(cast.student, "concern_withdraw", concern)
    assert fresh(concern).status == "withdrawn"
    kept = page(cast.tutor, concern)
    assert "Withdrawn by Student Reed" in kept
    assert "The bus never comes" in kept
    fresh(concern).reopen(by=cast.tutor, text="I would still like to talk")
    assert fresh(concern).status == "reopened"


def test_following_up(cast, concern):
    today = timezone.localdate()
    concern.settle(by=cast.tutor, outcome="The tram", follow_up_on=today)
    assert needs_of(cast.tutor) == ["Getting there and back: ask again how things are"]
    again = today + timedelta(days=30)
    post(cast.tutor, "concern_follow_up", concern, text="How is the tram?", again_on=f"{again}")
    assert fresh(concern).follow_up_on == again
    assert needs_of(cast.tutor) == []
    assert post(cast.tutor, "concern_follow_up", concern, again_on="nonsense").status_code == 422
    fresh(concern).follow_up(by=cast.tutor)
    assert fresh(concern).follow_up_on is None
    assert [event.says for event in Event.objects.about(concern)][:2] == [
        "followed it up",
        f"followed it up, to ask again on {again:%-d %B %Y}",
    ]


def test_nobody_else_can_do_anything(cast, concern):
    """Of what strangers get from each address see the access table."""
    for who in ("manager", "student2", "tutor2", "coordinator", "other_tutor", "other_coordinator"):
        stranger = getattr(cast, who)
        assert not Concern.objects.visible_to(stranger).exists(), who
        with pytest.raises(PermissionDenied):
            concern.answer(by=stranger, text="Hi")
    assert post(cast.manager, "concern_write", concern, text="Hi").status_code == 404
    for name in ("write", "withdraw", "reopen", "follow_up", "share", "hand_back"):
        assert post(cast.coordinator, f"concern_{name}", concern, text="Hi", reason="Hi").status_code == 404, name


# --- who looks after it, who may see it ---


def test_the_student_shares_it_with_the_office_and_takes_that_back(cast, concern):
    office = Concern.objects.visible_to(cast.coordinator)
    assert not office.exists()
    post(cast.student, "concern_share", concern, visibility="office")
    assert office.exists()
    shared = fresh(concern)
    owning.choose_who_sees(shared, "tutor", by=cast.student, seen=shared.version)
    assert not office.exists()
    post(cast.student, "concern_share", concern, visibility="everybody")
    assert fresh(concern).visibility == "tutor"
    assert post(cast.tutor, "concern_share", concern, visibility="office").status_code == 403


def test_the_student_changes_how_to_get_in_touch(cast, concern):
    post(cast.student, "concern_contact", concern, contact="phone", reach="07700 900123", rather="Mrs Bell")
    words = page(cast.tutor, concern)
    assert "Ring me: 07700 900123" in words
    assert "Mrs Bell" in words
    assert mailed("concern_news") == ["tutor@cast.test"]
    late = post(cast.student, "concern_contact", concern, contact="here", seen=0)
    assert late.status_code == 422
    assert fresh(concern).contact == "phone"


def test_an_accident_cannot_be_kept_from_the_office(cast):
    with pytest.raises(Refused):
        owning.choose_who_sees(accident_of(cast), "tutor", by=cast.student, seen=0)


def test_what_the_office_knows_of_an_overdue_worry_is_that_it_waits(cast, late):
    client = signed_in(cast.coordinator)
    home = client.get(reverse("coordinator_home")).content.decode()
    assert "A worry waits for an answer" in home
    assert client.get(reverse("concern_detail", args=[late.pk])).url == f"/concerns/{late.pk}/waiting/"
    waiting = client.get(f"/concerns/{late.pk}/waiting/").content.decode()
    assert "Tutor Reed looks after it" in waiting
    listed = client.get(reverse("concern_list")).content.decode()
    assert "A worry of Student Reed waits for an answer" in listed
    for words in (home, waiting, listed):
        assert "Getting there" not in words
        assert "The bus never comes" not in words
    assert Look.objects.count() == 0


def test_the_office_takes_an_overdue_worry_over_with_a_reason_that_the_student_reads(cast, late):
    with pytest.raises(Refused, match="Say in a few words why"):
        owning.take_over(late, by=cast.coordinator, reason=" ", seen=late.version)
    response = post(cast.coordinator, "concern_waiting", late, reason="Tutor Reed is ill")
    assert response.url == f"/concerns/{late.pk}/"
    assert fresh(late).owner == cast.coordinator
    assert "I look after this now, in place of Tutor Reed. Tutor Reed is ill" in page(cast.student, late)
    assert mailed("concern_answered") == ["student@cast.test"]
    assert Event.objects.about(late)[0].says == "took it over from Tutor Reed. Reason: Tutor Reed is ill"
    for reader in (cast.coordinator, cast.tutor):
        assert late in Concern.objects.visible_to(reader)


def test_handed_back_to_the_tutor_the_office_reads_it_no_more(cast, late):
    owning.take_over(late, by=cast.coordinator, reason="Ill", seen=late.version)
    response = post(cast.coordinator, "concern_hand_back", late, reason="Your tutor is back")
    assert fresh(late).owner == cast.tutor
    assert late not in Concern.objects.visible_to(cast.coordinator)
    assert response.url == reverse("concern_list")


def test_what_is_in_time_cannot_be_taken_over(cast, concern):
    assert post(cast.coordinator, "concern_waiting", concern, reason="Curious").status_code == 404
    assert post(cast.coordinator, "concern_remind", concern).status_code == 404


def test_what_the_office_may_read_can_be_taken_over_in_time_too(cast):
    concern = accident_of(cast)
    assert "Take it over" in page(cast.coordinator, concern)
    post(cast.coordinator, "concern_waiting", concern, reason="I am at the hospital with you")
    assert fresh(concern).owner == cast.coordinator
    again = post(cast.coordinator, "concern_waiting", concern, reason="Once more")
    assert said(again) == ["You look after this already."]
    fresh(concern).settle(by=cast.coordinator, outcome="Healed")
    assert signed_in(cast.coordinator).get(f"/concerns/{concern.pk}/waiting/").status_code == 404


def test_two_coordinators_at_once_the_second_is_told(cast, late):
    owning.take_over(late, by=cast.coordinator, reason="Ill", seen=late.version)
    with pytest.raises(SomebodyWasQuicker):
        owning.take_over(fresh(late), by=cast.coordinator2, reason="Ill", seen=late.version - 1)


def test_the_tutor_hands_it_to_one_person_of_the_office(cast, concern):
    response = post(cast.tutor, "concern_hand_over", concern, to=cast.manager.pk, reason="Look")
    assert response.status_code == 422
    post(cast.tutor, "concern_hand_over", concern, to=cast.coordinator.pk, reason="You know the bus company")
    assert fresh(concern).owner == cast.coordinator
    says = "Coordinator Reed looks after this now and can read it. You know the bus company"
    assert fresh(concern).messages.last().text == says
    assert not Concern.objects.visible_to(cast.coordinator2).exists()
    assert mailed("concern_raised") == ["tutor@cast.test", "coordinator@cast.test"]


def test_a_new_tutor_takes_the_worries_along(cast, concern):
    move_student(cast.student_record, cast.tutor2, by=cast.coordinator)
    assert fresh(concern).owner == cast.tutor2
    assert list(Concern.objects.visible_to(cast.tutor)) == []
    assert list(Concern.objects.visible_to(cast.tutor2)) == [concern]


def test_a_worry_whose_tutor_left_is_known_to_the_office_at_once(cast, concern):
    cast.tutor.is_active = False
    cast.tutor.save()
    words = signed_in(cast.coordinator).get(f"/concerns/{concern.pk}/waiting/").content.decode()
    assert "the student has no tutor who can sign in" in words
    concern = fresh(concern)
    owning.take_over(concern, by=cast.coordinator, reason="Your tutor has left", seen=concern.version)
    assert concern.owner == cast.coordinator
    assert concern.messages.last().text == "I look after this now. Your tutor has left"


def test_a_coordinator_with_a_worry_in_hand_cannot_leave(cast, late):
    owning.take_over(late, by=cast.coordinator, reason="Ill", seen=late.version)
    membership = Membership.objects.get(user=cast.coordinator)
    assert what_keeps(membership) == [
        "Coordinator Reed looks after 1 worry of a student. They have to hand it over first, or settle it."
    ]
    fresh(late).settle(by=cast.coordinator, outcome="Done")
    assert what_keeps(membership) == []


# --- who has looked ---


def test_every_look_of_staff_is_noted_once_in_an_hour_and_shown_to_the_student(cast, concern):
    with travel("2026-03-04T10:00Z") as clock:
        page(cast.tutor, concern)
        looks_of(concern, cast.tutor)
        clock.shift(timedelta(minutes=61))
        looks_of(concern, cast.tutor)
        words = page(cast.student, concern)
    assert words.count("Tutor Reed, 4 March 2026 at") == 2
    assert Look.objects.filter(by=cast.tutor).count() == 2


def test_the_tutor_sees_whether_the_student_has_opened_the_answer(cast, concern):
    concern.answer(by=cast.tutor, text="Take the tram")
    assert "last opened this on" not in page(cast.tutor, concern)
    looks_of(concern, cast.student)
    assert "Student last opened this on" in page(cast.tutor, concern)


def test_an_answer_stands_on_the_students_home_until_it_is_opened(cast, concern):
    def to_read():
        return list(answers_to_read(cast.student_record, [cast.placement], timezone.localdate()).rows)

    assert to_read() == []
    looks_of(concern, cast.student)
    concern.answer(by=cast.tutor, text="Take the tram")
    assert to_read() == [concern]
    assert "There is an answer for you" in signed_in(cast.student).get(reverse("student_home")).content.decode()
    looks_of(fresh(concern), cast.student)
    assert to_read() == []
    concern.settle(by=cast.tutor, outcome="The tram")
    assert to_read() == [concern]
    looks_of(fresh(concern), cast.student)
    assert to_read() == []


# --- dashboards and the clock ---


def test_overdue_worries_are_the_first_thing_a_tutor_sees(cast, late):
    needs = signed_in(cast.tutor).get(reverse("tutor_home")).context["needs"]
    assert (needs[0].who, needs[0].says) == ("Student Reed", "Getting there and back: the answer is overdue")


def test_a_worry_in_time_stands_there_too_and_the_office_sees_what_it_may(cast, concern):
    accident_of(cast)
    assert sorted(needs_of(cast.tutor)) == ["Accident or injury", "Getting there and back"]
    assert needs_of(cast.coordinator) == ["Accident or injury"]


def test_the_owner_is_reminded_once_and_the_office_hears_when_it_is_overdue(cast, concern):
    due = fresh(concern).due_at
    for moment in (due - timedelta(hours=4), due - timedelta(hours=2), due - timedelta(hours=1)):
        remind_owners(moment)
        escalate_overdue(moment)
    assert mailed("concern_due") == ["tutor@cast.test"]
    assert mailed("concern_overdue") == []
    for minutes in (1, 2):
        escalate_overdue(due + timedelta(minutes=minutes))
    assert sorted(mailed("concern_overdue")) == ["coordinator2@cast.test", "coordinator@cast.test"]
    told = Notice.objects.filter(kind="concern_overdue").first()
    assert f"/concerns/{concern.pk}/waiting/" in told.text
    assert "Student" not in told.text
    assert "Getting" not in told.text


def test_what_was_answered_is_nobodys_reminder(cast, concern):
    concern.answer(by=cast.tutor, text="Take the tram")
    remind_owners(timezone.now() + timedelta(days=30))
    escalate_overdue(timezone.now() + timedelta(days=30))
    assert mailed("concern_due") == mailed("concern_overdue") == []


def test_when_the_office_itself_is_late_the_safeguarding_contact_hears(cast, late):
    owning.take_over(late, by=cast.coordinator, reason="Ill", seen=late.version)
    escalate_overdue(timezone.now())
    assert "safe@college.test" in mailed("concern_overdue")


def test_the_office_reminds_the_tutor_at_most_once_in_an_hour(cast, late):
    assert "A mail is on its way." in said(post(cast.coordinator, "concern_remind", late))[0]
    assert "within the last hour" in said(post(cast.coordinator, "concern_remind", late))[0]
    assert mailed("concern_due") == ["tutor@cast.test"]


# --- lists ---


def found(user, **asked) -> list[str]:
    """What the filter of the list finds at the person's desk, newest first."""
    rows = Concern.objects.at_desk(Membership.objects.get(user=user))
    return [concern.kind.title for concern in ConcernFilter(asked, rows).qs.select_related("kind")]


def test_the_office_finds_every_overdue_worry_that_its_figure_counts(cast, late):
    concern_of(cast)  # in time and the tutor's alone: the office knows nothing of it
    seen = signed_in(cast.coordinator).get(reverse("concern_list") + "?state=overdue")
    assert [number for _, _, number in seen.context["counts"]] == [0, 1, 0, 0]
    assert len(seen.context["elsewhere"]) == 1
    words = seen.content.decode()
    assert "None of them." in words
    assert "Nothing matches" not in words
    assert "Getting there and back" not in words
    assert signed_in(cast.coordinator).get("/cohort/").context["around"].worries == 1
    assert not Concern.objects.known_to(cast.other_coordinator, timezone.now()).exists()


def test_lists_and_filters(cast):
    concern_of(cast).settle(by=cast.tutor, outcome="The tram", follow_up_on=timezone.localdate())
    accident_of(cast)
    late_concern_of(cast)
    transport, accident = "Getting there and back", "Accident or injury"
    assert found(cast.tutor) == [transport, accident, transport]
    assert found(cast.tutor, state="overdue") == [transport]
    assert found(cast.tutor, state="closed") == [transport]
    assert found(cast.tutor, state="follow_up") == [transport]
    assert found(cast.tutor, state="open") == [transport, accident]
    assert found(cast.tutor, accident="True") == [accident]
    assert found(cast.tutor, q="nobody") == []
    assert found(cast.tutor, student=cast.student_record2.pk) == []
    assert found(cast.coordinator) == [accident]
    assert found(cast.tutor2) == found(cast.other_coordinator) == []
    tutor = signed_in(cast.tutor)
    whole = tutor.get(reverse("concern_list")).context
    assert [concern.kind.title for concern in whole["page"]] == [transport, accident, transport]
    assert [(label, number) for label, _, number in whole["counts"]] == [
        ("Open", 2),
        ("Answer overdue", 1),
        ("To be followed up", 1),
        ("Settled", 1),
    ]
    filtered = tutor.get(reverse("concern_list") + "?q=reed&state=open&accident=False").context
    assert [concern.kind.title for concern in filtered["page"]] == [transport]


def test_nonsense_in_the_address_is_no_error(cast, concern):
    for asked in ({"state": "nonsense"}, {"q": "\0"}, {"student": "x"}, {"accident": "2"}):
        assert found(cast.tutor, **asked) == ["Getting there and back"], asked
    query = "?page=99999999999&state=nonsense&q=%00&student=x&accident=2"
    assert signed_in(cast.tutor).get(reverse("concern_list") + query).status_code == 200


def test_empty_lists_say_what_to_do(cast):
    assert "Nobody has told anything" in signed_in(cast.tutor).get(reverse("concern_list")).content.decode()
    assert "You have not told anything" in signed_in(cast.student).get(reverse("concern_own_list")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_rows(cast, number, django_assert_num_queries):
    concerns_of(cast, number)
    pages = [
        ("concern_list", cast.tutor, 6),
        ("concern_list", cast.coordinator, 7),
        ("concern_own_list", cast.student, 4),
    ]
    for name, reader, queries in pages:
        client = signed_in(reader)
        with django_assert_num_queries(queries):
            assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_one_worry_takes_eight_queries_however_long_it_is(cast, concern, number, django_assert_num_queries):
    concern.answer(by=cast.tutor, text="Answer")
    said, noted = concern.messages.latest("pk"), Event.objects.about(concern)[0]
    for row in (said, noted):
        type(row).objects.bulk_create(like(row) for _ in range(number - 1))
    for reader in (cast.student, cast.tutor):
        client = signed_in(reader)
        with django_assert_num_queries(8):
            assert client.get(reverse("concern_detail", args=[concern.pk])).status_code == 200


def test_a_second_coordinator_sees_the_office_worries_too(cast):
    MembershipFactory(user=(third := UserFactory()), provider=cast.provider)
    concern = concern_of(cast, visibility="office")
    assert concern in Concern.objects.visible_to(third)
