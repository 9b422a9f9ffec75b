"""The contact decides from a link: all applicants on one page, nothing personal beside, no mail for each click."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from placements.finding.applying import send_application
from placements.finding.clock import ask_for_feedback_after_interviews, tell_employers_who_waits
from placements.finding.models import Application, Feedback
from portal.asks.models import Ask
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.factories import many_students
from tests.pages import said
from tests.placements.finding_scenes import (
    WEDNESDAY,
    application_of,
    applications_of,
    at,
    cv_of,
    fresh,
    in_days,
    offering,
    opportunities_of,
    opportunity_of,
    seeker,
)
from tests.poured import scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@scene
@travel(WEDNESDAY, tick=False)
def applied():
    """The cast; Sam has applied for an opportunity of theirs, and the contact has a mail with a link."""
    cast = offering()
    cast.application = apply(cast.opportunity, cast.sam)
    return cast


@pytest.fixture
def cast(db):
    return applied()


@pytest.fixture
def opportunity(cast):
    return cast.opportunity


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def application(cast):
    return cast.application


@pytest.fixture
def ask(cast):
    return Ask.objects.get(kind="applications")


def apply(opportunity, student) -> Application:
    return fresh(send_application(opportunity, student, note="I like it.", cv=cv_of(student), by=student.user))


def text(response) -> str:
    return response.content.decode()


def step(ask, slug, application) -> str:
    return f"{ask.path()}at/{slug}-{application.pk}/"


def post(client, ask, slug, application, **data):
    seen = Application.objects.values_list("version", flat=True).get(pk=application.pk)
    return client.post(step(ask, slug, application), {"seen": seen} | data)


# --- The page -------------------------------------------------------------------------------------------------------


def test_the_link_shows_who_has_applied_and_nothing_else_in_seven_queries_that_only_read(
    cast, client, opportunity, ask, sam, django_assert_num_queries
):
    path = ask.path()
    with django_assert_num_queries(7) as queries:
        page = text(client.get(path))
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    for word in ("Manager Reed", "Sam Lee", "Digital Software Development", "I like it.", "cv.pdf", "Shortlist"):
        assert word in page
    assert not any(word in page for word in (sam.user.email, sam.uln, "2007", "Tutor Reed", "Something is wrong?"))
    applications_of([opportunity] * 2, many_students(2, provider=cast.provider, tutor=cast.tutor))
    with django_assert_num_queries(7):
        assert text(client.get(path)).count("I like your work.") == 2


def test_the_mail_carries_the_link_and_names_nobody(ask):
    notice = Notice.objects.get(kind="ask_applications")
    assert notice.subject == "Students would like to come to you"
    assert ask.path() in notice.text
    assert "One student waits for your answer" in notice.text
    assert "Sam" not in notice.text


def test_the_cv_is_a_download_until_it_is_decided(client, ask, application, cast):
    response = client.get(step(ask, "cv", application))
    assert response["Content-Disposition"].startswith("attachment")
    application.turn_down(by=cast.manager, words="No")
    assert client.get(step(ask, "cv", application)).status_code == 404


def test_where_an_interview_is_may_be_left_empty_by_phone_only_and_the_page_says_so(client, ask, application):
    facts = {"day": "2026-11-24", "time": "10:30", "minutes": "30", "way": "video", "where": " ", "words": ""}
    page = text(post(client, ask, "invite", application, **facts))
    assert page.count("Say where, so that the student finds it.") == 2
    assert '<label class="form-label" for="id_where">Where</label>' in page
    assert "Only for a call you may leave it empty." in page


def test_shortlist_and_back_invite_offer_by_link(client, ask, application):
    post(client, ask, "shortlist", application)
    assert fresh(application).status == "shortlisted"
    post(client, ask, "unlist", application)
    facts = {"day": "2026-11-24", "time": "10:30", "minutes": "30", "way": "phone", "where": "", "words": ""}
    response = post(client, ask, "invite", application, **facts)
    assert "The student has a mail with the day and time." in said(response)[-1]
    assert response.url == ask.path()
    post(client, ask, "offer", application, words="Welcome", answer_by="2026-11-30")
    application = fresh(application)
    assert (application.status, application.answer) == ("offered", "Welcome")
    assert "Offered, waiting for the student" in text(client.get(ask.path()))


def test_turning_down_wants_words_which_stay_on_the_page(client, ask, application):
    response = post(client, ask, "turn-down", application, words="")
    assert response.status_code == 422
    assert "Say it in a few words" in text(response)
    post(client, ask, "turn-down", application, words="Another one knew more.")
    ask.refresh_from_db()
    assert ask.is_answered
    page = text(client.get(ask.path()))
    assert "Nobody. Everybody has an answer." in page
    assert "Take up again" in page


def test_all_who_still_wait_are_turned_down_at_once_but_nobody_who_came_later(
    cast, client, opportunity, ask, application
):
    second = application_of(opportunity, seeker(cast, "Kim"))
    url = f"{ask.path()}at/rest/"
    assert "Kim Lee" in text(client.get(url))
    late = application_of(opportunity, seeker(cast, "Late"))
    shown = [f"{row.pk}:{fresh(row).version}" for row in (application, second)]
    assert client.post(url, {"words": "", "shown": shown}).status_code == 422
    client.post(url, {"words": "Both places are taken.", "shown": shown})
    assert [fresh(row).status for row in (application, second, late)] == ["not_successful"] * 2 + ["applied"]


def test_whoever_was_put_forward_and_has_not_agreed_is_not_there(cast, client, opportunity, ask):
    secret = application_of(opportunity, seeker(cast, "Secret"), "put_forward")
    assert "Secret" not in text(client.get(ask.path()))
    assert client.get(step(ask, "offer", secret)).status_code == 404


def test_the_link_does_nothing_that_is_not_the_employer_s_and_nothing_for_applicants_elsewhere(
    cast, client, ask, application
):
    for slug in ("accept", "nonsense", "withdraw"):
        assert post(client, ask, slug, application).status_code == 404, slug
    assert fresh(application).status == "applied"
    other = application_of(opportunity_of(cast, employer=cast.employer2), seeker(cast, "Kim"))
    assert client.get(step(ask, "offer", other)).status_code == 404
    assert client.get(f"{ask.path()}at/offer-{'9' * 30}/").status_code == 404


def test_a_link_of_somebody_who_is_not_the_contact_any_more_opens_nothing(cast, client, opportunity, ask):
    opportunity.manager = cast.manager2
    opportunity.save()
    assert client.get(ask.path()).status_code == 404


def test_the_same_signed_in(cast, ask, application):
    manager = signed_in(cast.manager)
    url = f"/opportunities/{application.opportunity_id}/applicants/"
    assert "1 applicant waits" in text(manager.get("/applicants/"))
    for page in (url, f"/asks/{ask.pk}/"):
        assert "Sam Lee" in text(manager.get(page))
    manager.post(f"/applications/{application.pk}/acts/shortlist/", {"seen": application.version})
    assert fresh(application).status == "shortlisted"
    manager.post(f"{url}rest/", {"words": "Full", "shown": [f"{application.pk}:{fresh(application).version}"]})
    assert fresh(application).status == "not_successful"


def test_without_places_offered_the_list_says_so(cast):
    assert "You offer no places yet" in text(signed_in(cast.manager2).get("/applicants/"))


def test_the_list_of_a_contact_takes_four_queries(cast, django_assert_num_queries):
    manager = signed_in(cast.manager)
    with django_assert_num_queries(4):
        manager.get("/applicants/")
    opportunities_of(cast, 2)
    with django_assert_num_queries(4):
        assert "Role 1" in text(manager.get("/applicants/"))


# --- The clock ------------------------------------------------------------------------------------------------------


def mails() -> int:
    return Notice.objects.filter(kind="ask_applications").count()


def tick_at(time_machine, moment: str):
    time_machine.move_to(moment)
    tell_employers_who_waits(timezone.now())
    tell_employers_who_waits(timezone.now())


def test_what_is_new_is_mailed_once_a_day_from_eight(cast, opportunity, ask, time_machine):
    tick_at(time_machine, "2026-11-18 12:00")
    assert mails() == 1
    apply(opportunity, seeker(cast, "Kim"))
    tick_at(time_machine, "2026-11-18 15:00")
    assert mails() == 1
    tick_at(time_machine, "2026-11-19 07:00")
    assert mails() == 1
    tick_at(time_machine, "2026-11-19 08:05")
    assert mails() == 2
    assert "2 students wait" in Notice.objects.filter(kind="ask_applications").order_by("-pk").first().text
    tick_at(time_machine, "2026-11-20 08:05")
    assert mails() == 2


def test_what_still_waits_is_said_again_after_three_days(ask, time_machine):
    tick_at(time_machine, "2026-11-20 08:05")
    assert mails() == 1
    tick_at(time_machine, "2026-11-21 08:05")
    assert mails() == 2


def test_an_interview_to_come_needs_no_mail_one_that_is_over_does_and_what_is_answered_does_not(
    cast, application, time_machine
):
    application.invite(by=cast.manager, at=at(in_days(6), 10), way="phone")
    tick_at(time_machine, "2026-11-23 09:00")
    assert mails() == 1
    tick_at(time_machine, "2026-11-25 09:00")
    assert mails() == 2
    application.turn_down(by=cast.manager, words="No")
    tick_at(time_machine, "2026-12-02 09:00")
    assert mails() == 2


def test_the_clock_asks_for_feedback_on_the_day_after_the_interview_once(cast, client, application, time_machine):
    application.invite(by=cast.manager, at=at(in_days(1), 15), way="phone")
    application.offer(by=cast.manager)
    for moment in ("2026-11-19 18:00", "2026-11-20 06:00", "2026-11-20 08:30", "2026-11-20 09:30", "2026-11-21 09:00"):
        time_machine.move_to(moment)
        ask_for_feedback_after_interviews(timezone.now())
    ask = Ask.objects.get(kind="interview_feedback")
    assert "you talked with Sam about Junior developer" in Notice.objects.get(kind="ask_interview_feedback").text
    assert client.post(ask.path(), {"words": ""}).status_code == 422
    client.post(ask.path(), {"words": "Well prepared"})
    feedback = Feedback.objects.get()
    assert (feedback.words, feedback.by, feedback.source) == ("Well prepared", cast.manager, "given")
    ask.refresh_from_db()
    assert ask.is_answered
    assert "You can still change it here." in text(client.get(ask.path()))


def test_nobody_is_asked_about_interviews_long_ago(cast, opportunity):
    past = timezone.now() - timedelta(days=30)
    application_of(opportunity, seeker(cast, "Kim"), "interview", interview_at=past)
    ask_for_feedback_after_interviews(timezone.now())
    assert not Ask.objects.filter(kind="interview_feedback").exists()
