"""The manager's page of an induction, by the mailed link and signed in."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from placements.checklists.models import Tick
from placements.induction.forms import DecisionForm
from placements.induction.models import Induction, Reply
from portal.asks.clock import remind_of_asks
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.placements.induction_ready import ANSWER, asking, waiting

Status = Induction.Status


@pytest.fixture
def cast(request, db):
    """The cast, whose induction waits for the manager, with a question in it where a test asks for one."""
    return asking() if "question" in request.fixturenames else waiting()


@pytest.fixture
def induction(cast) -> Induction:
    return cast.induction


@pytest.fixture
def question(induction) -> int:
    """The point that is a question."""
    return point_of(induction, 2)


def kept(cast) -> Induction:
    """The induction as it is stored now."""
    return Induction.objects.get(placement=cast.placement)


def link(induction) -> str:
    return Ask.objects.about(induction).first().path()


def confirming(induction, **more) -> dict:
    return {"do": "confirm", "seen": induction.version, "done_on": "2026-03-04"} | more


def sending_back(induction, pk, why="Fire drill is on Monday", **more) -> dict:
    return {"do": "send_back", "seen": induction.version, f"back-{pk}": why} | more


def point_of(induction, number=1) -> int:
    return induction.lines()[number - 1].point.pk


def test_the_link_shows_the_whole_in_six_queries_and_writes_nothing(
    cast, client, django_assert_num_queries, induction, question
):
    path = link(induction)
    with django_assert_num_queries(6):
        page = client.get(path).content.decode()
    assert "You are answering as <strong>Manager Reed</strong>" in page
    assert "Where is the plan?" in page
    assert kept(cast).version == induction.version


def test_manager_confirms_by_link_and_the_record_says_so(cast, client, induction):
    page = client.post(link(induction), confirming(induction), follow=True).content.decode()
    assert "Confirmed. Thank you" in page
    found = kept(cast)
    assert (found.status, found.done_on, found.decided_by) == (Status.CONFIRMED, date(2026, 3, 4), cast.manager)
    assert found.sentence().endswith(", confirmed by Manager Reed, by link")
    assert Ask.objects.get().is_answered
    newest = Event.objects.about(found)[0]
    assert newest.says == "confirmed the induction, done on 4 March 2026"
    assert (newest.by, newest.by_name) == (cast.manager, "Manager Reed (by the link in a mail)")
    assert Notice.objects.get(kind="induction_news").to == cast.student


def test_a_question_needs_an_answer(cast, client, induction, question):
    response = client.post(link(induction), confirming(induction))
    assert response.status_code == 422
    assert "Answer this question, or write that you explained it in person." in response.content.decode()
    answer = {f"answer-{question}": ANSWER}
    client.post(link(induction), confirming(induction, **answer))
    assert kept(cast).status == Status.CONFIRMED
    reply = Reply.objects.get()
    assert (reply.kind, reply.said, reply.words) == ("answer", "Where is the plan?", ANSWER)
    page = signed_in(cast.student).get(f"/placements/{cast.placement.pk}/induction/").content.decode()
    assert ANSWER in page


NO_DAYS = {
    "": "Say on which day the induction was finished.",
    "2026-02-31": "There is no such date.",
    "2031-01-01": "cannot lie in the future",
    "2026-03-01": "The placement began on 2 March 2026",
    "1999-03-01": "The placement began on 2 March 2026",
}


def form_of(induction, data) -> DecisionForm:
    return DecisionForm(induction, induction.lines(), data)


def test_the_day_must_be_possible(induction, subtests):
    for done_on, words in NO_DAYS.items():
        with subtests.test(done_on):
            [[says]] = form_of(induction, confirming(induction, done_on=done_on)).errors.values()
            assert words in says


def test_a_day_that_is_not_possible_is_told_and_confirms_nothing(cast, client, induction):
    response = client.post(link(induction), confirming(induction, done_on="2031-01-01"))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("cannot lie in the future") == 2, "in the summary and beside the field"
    assert '<a href="#id_done_on">' in page
    assert kept(cast).status == Status.HANDED_OVER


def test_points_that_come_back_with_the_managers_words_are_answered_and_handed_over_once_more(cast, client, induction):
    pk = point_of(induction, 14)
    client.post(link(induction), sending_back(induction, pk, words="Nearly!"))
    found = kept(cast)
    assert (found.status, found.words) == (Status.SENT_BACK, "Nearly!")
    assert Tick.objects.count() == 14
    notice = Notice.objects.get(kind="induction_news")
    assert (notice.to, notice.subject) == (cast.student, "Your induction has come back")
    student, path = signed_in(cast.student), f"/placements/{cast.placement.pk}/induction/"
    page = student.get(path).content.decode()
    assert "Fire drill is on Monday" in page
    assert "14 of 15 answered" in page
    student.post(f"{path}save/", {f"state-{pk}": "done", "do": "hand_over"})
    assert kept(cast).status == Status.HANDED_OVER
    assert [ask.is_open for ask in Ask.objects.order_by("made_at")] == [False, True]


def test_sending_back_nothing_is_refused(client, induction):
    data = {"do": "send_back", "seen": induction.version}
    response = client.post(link(induction), data)
    assert response.status_code == 422
    assert "Open at least one point" in response.content.decode()
    assert not form_of(induction, data | {"words": "That alone names no point"}).is_valid()


def test_words_to_a_point_are_no_longer_than_they_may_be_and_asked_about_where_one_confirms(induction):
    back = f"back-{point_of(induction)}"
    form = form_of(induction, confirming(induction, **{back: "Not yet"}))
    assert form.errors == {back: ["Send this back, or clear the words here before you confirm."]}
    for words in ("a\x00b", "x" * 501):
        assert back in form_of(induction, sending_back(induction, point_of(induction), words)).errors


def test_manager_undoes_a_confirmation(cast, client, induction, question):
    induction.confirm(by=cast.manager, done_on=date(2026, 3, 4), answers={question: ANSWER})
    page = client.post(link(induction), {"do": "undo"}, follow=True).content.decode()
    found = kept(cast)
    assert (found.status, found.done_on) == (Status.HANDED_OVER, None)
    assert ANSWER in page  # to be used again
    assert Ask.objects.get().is_open
    assert [n.subject for n in Notice.objects.filter(kind="induction_news").order_by("pk")] == [
        "Your induction is confirmed",
        "Your induction is looked at again",
    ]
    page = signed_in(cast.student).get(f"/placements/{cast.placement.pk}/induction/").content.decode()
    assert ANSWER not in page


def test_undoing_a_sending_back_gives_the_answers_back(cast, client, induction, question):
    client.post(link(induction), sending_back(induction, question))
    client.post(link(induction), {"do": "undo"})
    found = Tick.objects.get(point=question)
    assert (found.state, found.words, found.by) == ("unsure", "Where is the plan?", cast.student)
    assert (kept(cast).status, kept(cast).decided_by_link) == (Status.HANDED_OVER, False)


def test_what_the_student_answered_after_a_sending_back_is_not_handed_over_for_them(cast, client, induction, question):
    page = client.post(link(induction), sending_back(induction, question), follow=True).content.decode()
    assert "Possible for 10 minutes." in page
    url = f"/placements/{cast.placement.pk}/induction/save/"
    signed_in(cast.student).post(url, {f"state-{question}": "done", "only": question})
    page = client.post(link(induction), {"do": "undo"}, follow=True).content.decode()
    assert "Possible for" not in page
    says = (
        "Student has changed answers after that, so it cannot be taken back any more. The list comes to you again when "
        "Student hands it over."
    )
    assert (says in page, kept(cast).status) == (True, Status.SENT_BACK)


def confirmed(cast, induction):
    induction.confirm(by=cast.manager, done_on=date(2026, 3, 4), answers={})


def test_after_ten_minutes_it_cannot_be_undone(cast, client, induction):
    confirmed(cast, induction)
    Induction.objects.filter(placement=cast.placement).update(decided_at=timezone.now() - timedelta(minutes=11))
    page = client.post(link(induction), {"do": "undo"}, follow=True).content.decode()
    assert "That was more than 10 minutes ago." in page
    assert "Possible for" not in page
    assert kept(cast).status == Status.CONFIRMED


def test_undoing_twice_says_that_somebody_was_quicker(cast, client, induction):
    confirmed(cast, induction)
    kept(cast).undo(by=cast.manager)
    assert "Somebody was quicker" in client.post(link(induction), {"do": "undo"}, follow=True).content.decode()


def test_a_second_press_says_what_came_of_the_first(cast, client, induction):
    confirmed(cast, induction)
    response = client.post(link(induction), confirming(induction))
    assert response.status_code == 409
    assert "confirmed by Manager Reed" in response.content.decode()


def test_what_changed_meanwhile_is_shown_and_the_words_are_kept(cast, client, induction):
    pk, stale = point_of(induction), induction.version
    induction.recall(by=cast.student)
    induction.hand_over(by=cast.student)
    response = client.post(link(induction), sending_back(induction, pk, "Not shown yet", seen=stale))
    assert response.status_code == 409
    assert "Somebody was quicker" in response.text
    assert "Not shown yet" in response.text
    assert client.post(link(induction), confirming(induction, seen=stale)).status_code == 409
    assert kept(cast).status == Status.HANDED_OVER


def test_words_kept_when_the_student_took_it_back(cast, client, induction):
    pk = point_of(induction)
    path = link(induction)
    induction.recall(by=cast.student)
    response = client.post(path, sending_back(induction, pk, "Not shown yet"))
    assert response.status_code == 409
    assert "Not shown yet" in response.content.decode()


def test_the_signed_in_manager_answers_the_same(cast, induction):
    client = signed_in(cast.manager)
    detail = client.get(f"/placements/{cast.placement.pk}/induction/").content.decode()
    ask = Ask.objects.get()
    assert f"/asks/{ask.pk}/" in detail
    client.post(f"/asks/{ask.pk}/", confirming(induction))
    assert kept(cast).status == Status.CONFIRMED


def test_a_manager_who_is_not_the_placements_any_more_sees_nothing(cast, client, induction):
    confirmed(cast, induction)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    for path in (link(induction), link(induction) + "at/elsewhere/"):
        assert client.get(path).status_code == 404


def test_the_manager_is_reminded(cast, induction):
    soon = (timezone.now() + timedelta(days=4)).replace(hour=12)
    remind_of_asks(soon)
    remind_of_asks(soon)
    assert [n.subject for n in Notice.objects.filter(kind="ask_induction").order_by("pk")] == [
        "An induction waits for you",
        "A reminder: an induction waits for you",
    ]


def test_subjects_name_nobody(cast, induction):
    confirmed(cast, induction)
    assert Notice.objects.count() == 2
    assert not [n.subject for n in Notice.objects.all() if "Reed" in n.subject or "Employer" in n.subject]
