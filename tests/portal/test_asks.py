"""What is asked by a mailed link: who it opens for, for how long, and that staff can send it again or take it back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.asks import asking
from portal.asks.clock import remind_of_asks
from portal.asks.models import Ask
from portal.asks.views import way_back
from portal.history.models import Event
from portal.notices import mail as notices
from portal.workflow import Refused
from tests import factories
from tests.conftest import signed_in
from tests.portal.access import trial_of


@pytest.fixture
def ask(cast):
    return trial_of(cast)


@pytest.fixture
def mailed(monkeypatch):
    """The kinds, people and reminders that were mailed; the templates are those of the rooms."""
    sent = []

    def send(kind, *, to, context, about, address=""):
        sent.append((kind, address or to.email, context["is_reminder"]))

    monkeypatch.setattr(notices, "send", send)
    return sent


@pytest.fixture
def mailed_to(monkeypatch):
    """The addresses to which asks were mailed."""
    sent = []
    monkeypatch.setattr(
        notices, "send", lambda kind, *, to, context, about, address="": sent.append(address or to.email)
    )
    return sent


def corrected(person):
    """The person's address was mistyped, and the office has corrected it."""
    person.email = "right@cast.test"
    person.save()


def age(ask, **ago):
    moment = timezone.now() - timedelta(**ago)
    Ask.objects.filter(pk=ask.pk).update(made_at=moment, mailed_at=moment)
    ask.refresh_from_db()


def test_whoever_holds_the_link_answers_and_opening_it_writes_nothing(ask, client):
    assert client.get(ask.path()).status_code == 200
    ask.refresh_from_db()
    assert ask.is_open
    assert client.post(ask.path()).content == b"Thank you"
    ask.refresh_from_db()
    assert ask.is_answered


def test_a_wrong_token_or_one_of_an_address_that_was_corrected_opens_nothing(ask, client):
    response = client.get(ask.path()[:-3] + "xx/")
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()
    path = ask.path()
    corrected(ask.to)
    assert client.get(path).status_code == 404
    assert client.post(path, {"words": "A good student"}).status_code == 404
    quietly = client.post(path, {"words": "A good student"}, headers={"X-Autosave": "1"})
    assert (quietly.status_code, quietly.json()) == (409, {"says": "Not saved. This link does not work."})


def test_what_is_asked_is_mailed_to_the_corrected_address(cast, ask, client, mailed_to):
    corrected(ask.to)
    age(ask, days=4)
    remind_of_asks(timezone.localtime().replace(hour=12))
    age(ask, days=4)
    signed_in(cast.tutor).post(f"/asks/{ask.pk}/send/")
    age(ask, days=4)
    again = asking.ask("trial", cast.placement, provider=cast.provider, by=cast.tutor, to=ask.to)
    assert again == ask
    assert mailed_to == ["right@cast.test"] * 3
    assert client.get(Ask.objects.get().path()).status_code == 200


def test_an_address_that_was_corrected_may_be_anothers(cast, ask):
    wrong = ask.to.email
    corrected(ask.to)
    whose = factories.LineManagerFactory(employer=cast.employer, user__email=wrong).user
    other = asking.ask("briefing", cast.placement, provider=cast.provider, by=cast.tutor, to=whose)
    Ask.objects.filter(pk=other.pk).update(kind="trial")
    assert Ask.objects.filter(kind="trial").open().count() == 2


def test_after_fourteen_days_a_new_link_can_be_had(ask, client, mailed):
    age(ask, days=15)
    response = client.get(ask.path())
    assert response.status_code == 410
    assert "Mail me a new link" in response.content.decode()
    client.post(f"{ask.path()}again/")
    assert mailed == [("ask_trial", "manager@cast.test", False)]
    assert client.get(ask.path()).status_code == 200


def test_words_sent_after_the_end_are_shown_to_be_copied_but_not_what_a_page_tells_itself(ask, client):
    age(ask, days=15)
    sent = {"was": '{"strengths": ""}', "seen": "3", "goal": "1", "words": "A good student\nAnd kind", "more": ["Yes."]}
    page = client.post(ask.path(), sent)
    assert page.context["written"] == ["A good student\nAnd kind", "Yes."]
    assert "A good student<br>And kind" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "title"),
    [("over", "This link has ended"), ("done", "You have answered this"), ("withdrawn", "This is settled already")],
)
def test_a_link_that_has_ended_takes_nothing_and_says_so(ask, client, state, title):
    age(ask, days=15)
    ended = {"done": "answered_at", "withdrawn": "withdrawn_at"}
    Ask.objects.update(**{field: ask.mailed_at for field in [ended.get(state)] if field})
    pressed = client.post(ask.path(), {"words": "A good student", "press": "1795420800000"})
    assert (pressed.status_code, title in pressed.content.decode()) == (409, True)
    assert "data-arrived" not in pressed.content.decode(), "the browser offers the words again"
    quietly = client.post(ask.path(), {"words": "A good student"}, headers={"X-Autosave": "1"})
    assert (quietly.status_code, quietly.json()) == (409, {"says": f"Not saved. {title}."})


def test_what_was_taken_back_opens_nothing(cast, ask, client):
    asking.withdraw(ask, cast.placement, by=cast.tutor)
    assert client.get(ask.path()).status_code == 410
    assert Event.objects.about(cast.placement)[0].says == "took back what Manager Reed was asked: Try this"


def test_asking_twice_is_one_ask(cast, mailed):
    first = asking.ask("trial", cast.placement, provider=cast.provider, by=cast.tutor, to=cast.manager)
    with pytest.raises(Refused, match="a few minutes ago"):
        asking.ask("trial", cast.placement, provider=cast.provider, by=cast.tutor, to=cast.manager)
    age(first, days=1)
    again = asking.ask("trial", cast.placement, provider=cast.provider, by=cast.tutor, to=cast.manager)
    assert again == first
    assert len(mailed) == 2
    assert [event.says for event in Event.objects.about(cast.placement)] == [
        "asked Manager Reed again: Try this",
        "asked Manager Reed: Try this",
    ]


def test_somebody_without_an_account_can_be_asked(cast, client, mailed):
    ask = asking.ask(
        "trial", cast.placement, provider=cast.provider, by=cast.tutor, address="Carer@home.test", name="Jo Reed"
    )
    assert mailed == [("ask_trial", "carer@home.test", False)]
    assert client.get(ask.path()).status_code == 200
    assert ask.sentence().startswith("Sent to Jo Reed on")


def test_reminders_after_three_and_seven_days_and_no_more(ask, mailed):
    noon = timezone.localtime().replace(hour=12, minute=0)
    for days in (0, 2, 3, 3, 6, 7, 8, 20):
        remind_of_asks(noon + timedelta(days=days, hours=1))
    assert [is_reminder for _, _, is_reminder in mailed] == [True, True]


def test_a_clock_that_stood_still_sends_one_reminder_a_day(ask, mailed):
    noon = timezone.localtime().replace(hour=12, minute=0)
    for days, hour in ((9, 0), (9, 1), (10, 0), (11, 0)):
        remind_of_asks(noon + timedelta(days=days, hours=hour))
        if days == 9:
            assert len(mailed) == 1
    assert [is_reminder for _, _, is_reminder in mailed] == [True, True]


def test_who_is_to_be_reminded_is_asked_once_for_all_kinds(ask, mailed, django_assert_num_queries):
    noon = timezone.localtime().replace(hour=12, minute=0)
    with django_assert_num_queries(1):
        remind_of_asks(noon + timedelta(days=2))
    assert mailed == []


def test_nobody_is_reminded_at_night_or_after_the_answer(ask, mailed):
    three_at_night = (timezone.localtime() + timedelta(days=10)).replace(hour=3)
    remind_of_asks(three_at_night)
    asking.answered(ask)
    remind_of_asks(three_at_night.replace(hour=12))
    assert mailed == []


def test_staff_of_the_placement_send_again_and_take_back(cast, ask, mailed):
    tutor = signed_in(cast.tutor)
    age(ask, hours=1)
    response = tutor.post(f"/asks/{ask.pk}/send/", {"back": f"/placements/{cast.placement.pk}/"})
    assert response.url == f"/placements/{cast.placement.pk}/"
    assert len(mailed) == 1
    assert ask.path() in tutor.post(f"/asks/{ask.pk}/copy/").content.decode()
    tutor.post(f"/asks/{ask.pk}/withdraw/")
    ask.refresh_from_db()
    assert not ask.is_open


def test_the_way_back_leads_nowhere_else(rf):
    for elsewhere in ("//evil.test/", r"/\evil.test/", "https://evil.test/", "evil", ""):
        assert way_back(rf.post("/", {"back": elsewhere})) == "/"


def test_a_signed_in_manager_finds_it_on_their_home(cast, ask):
    page = signed_in(cast.manager).get("/approvals/").content.decode()
    assert f"/asks/{ask.pk}/" in page
    assert "Try this" in page


def test_a_page_behind_a_link_has_no_desk_of_its_person(cast, ask):
    assert signed_in(cast.manager).get(ask.path()).context["role"] == ""


def test_who_keeps_no_cookies_answers_by_link(ask):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ask.path()).content == b"Thank you"
    assert client.post(f"{ask.path()}again/").status_code == 200


@pytest.mark.parametrize("who", ["student", "other_coordinator"])
def test_a_link_opens_for_nobody_who_is_signed_in_as_somebody_else(cast, ask, who):
    person = signed_in(getattr(cast, who))
    response = person.post(ask.path(), {"words": "Good work"})
    assert response.status_code == 403
    assert 'name="words" value="Good work"' in response.content.decode()
    assert Ask.objects.get().is_open
    assert person.post(ask.path(), {"words": "Good work", "sign_out": "send"}).content == b"Thank you"
    assert not Ask.objects.get().is_open


def test_files_are_chosen_again_after_signing_out(cast, ask):
    sent = {"words": "See this", "file": SimpleUploadedFile("policy.pdf", b"%PDF")}
    page = signed_in(cast.tutor).post(ask.path(), sent).content.decode()
    assert "Files cannot wait here. Choose policy.pdf again on the next page." in page


def test_a_carer_answers_where_the_student_has_signed_out(cast, mailed):
    asked = {"address": "carer@home.test", "name": "Jo Reed"}
    ask = asking.ask("trial", cast.placement, provider=cast.provider, by=cast.tutor, **asked)
    student = signed_in(cast.student)
    assert "This link is for Jo Reed" in student.get(ask.path()).content.decode()
    assert student.post(ask.path(), {"sign_out": "open"}).url == ask.path()
    assert student.get(ask.path()).status_code == 200


def test_the_history_says_who_copied_a_link(cast, ask):
    page = signed_in(cast.tutor).post(f"/asks/{ask.pk}/copy/", {"back": "/placements/"}).content.decode()
    assert 'href="/placements/">Done' in page
    assert str(Event.objects.about(cast.placement)[0]) == "Tutor Reed copied the link of Manager Reed: Try this"
