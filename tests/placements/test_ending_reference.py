"""A reference: asked of the manager by a mailed link, given, declined, corrected, taken back, opened again."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import travel

from placements.ending.forms import ReferenceForm, first_words
from placements.ending.models import Reference
from placements.ending.referring import ask_for_reference, decline, give
from placements.models import Placement
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from tests.conftest import make_cast, signed_in
from tests.factories import LineManagerFactory
from tests.pages import said
from tests.placements.access_ending import WORDS, given_reference_of
from tests.poured import scene

FORM = {name: words for name, words in WORDS.items() if name != "title"} | {"given_title": "Lead developer", "seen": 0}


LAST_WEEKS = "2026-07-20 12:00"
MESSAGE = "For an apprenticeship, by the end of August"


@pytest.fixture(autouse=True)
def _in_the_last_weeks(time_machine):
    time_machine.move_to(LAST_WEEKS)


@scene
@travel(LAST_WEEKS, tick=False)
def asked():
    """The cast, whose student has asked for a reference."""
    cast = make_cast()
    ask_for_reference(cast.placement, message=MESSAGE, by=cast.student)
    cast.reference = Reference.objects.select_related("manager", "placement__student").get()
    return cast


@pytest.fixture
def cast(request, db):
    return asked() if "reference" in request.fixturenames else make_cast()


@pytest.fixture
def url(cast):
    return f"/placements/{cast.placement.pk}/ending/reference/"


@pytest.fixture
def reference(cast):
    return cast.reference


@pytest.fixture
def link(reference):
    return Ask.objects.get(kind="reference").path()


def says(cast):
    return [event.says for event in Event.objects.about(cast.placement)]


# --- Asking ---


def test_the_student_asks_and_the_manager_has_a_mail(cast, url):
    student = signed_in(cast.student)
    assert student.post(url, {"message": "x" * 501}).status_code == 422
    student.post(url, {"message": MESSAGE})
    reference = Reference.objects.get()
    notice = Notice.objects.get(kind="ask_reference")
    assert (notice.to, notice.subject) == (cast.manager, "You are asked for a reference")
    assert "For an apprenticeship, by the end of August" in notice.text
    assert Ask.objects.get().path() in notice.text
    assert reference.sentence() == "Asked of Manager Reed on 20 July 2026, not answered yet"
    assert says(cast)[0] == "asked Manager Reed for a reference"


def test_the_tutor_asks_for_them(cast, url):
    signed_in(cast.tutor).post(url, {"message": ""})
    assert Reference.objects.get().asked_by == cast.tutor


def test_asking_twice_asks_once(cast, url, reference):
    assert said(signed_in(cast.student).post(url, {})) == ["A reference was asked for already."]
    assert Reference.objects.count() == 1


def test_without_a_manager_nobody_is_asked(cast, url):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    page = signed_in(cast.student).post(url, {}, follow=True).content.decode()
    assert "Nobody to ask yet" in page
    assert "No line manager can be asked" in page


# --- Giving ---


def test_the_manager_gives_it_without_a_password(cast, url, link, client):
    page = client.get(link).content.decode()
    assert "You are answering as <strong>Manager Reed</strong>" in page
    assert "For an apprenticeship" in page
    assert Reference.objects.get().status == "asked"
    for _ in range(2):  # a second press changes nothing
        response = client.post(link, FORM)
    assert "Thank you for the reference" in client.get(response.url).content.decode()
    reference = Reference.objects.get()
    assert (reference.status, reference.given_name, reference.given_title) == (
        "given",
        "Manager Reed",
        "Lead developer",
    )
    assert "We would have liked to keep them." in signed_in(cast.student).get(url).content.decode()
    notice = Notice.objects.get(kind="reference_answered")
    assert (notice.to, notice.subject) == (cast.student, "An answer to what you asked for")
    assert says(cast)[:2] == ["gave the reference", "asked Manager Reed for a reference"]
    assert not Ask.objects.open().exists()


def test_a_signed_in_manager_gives_it_on_their_own_page(cast, reference):
    signed_in(cast.manager).post(f"/asks/{Ask.objects.get().pk}/", FORM)
    assert Reference.objects.get().status == "given"


def test_what_the_portal_knows_need_not_be_typed(cast, link, client):
    cast.manager.line_manager_at.update(job_title="Lead developer")
    page = client.get(link).content.decode()
    assert "I have been the line manager since 2 March 2026." in page
    assert 'value="Lead developer"' in page


def test_a_placement_that_goes_on_is_not_told_as_past(cast):
    def known_for(last_on):
        cast.placement.last_on = last_on
        return first_words(Reference(placement=cast.placement, manager=cast.manager))["known_for"]

    assert known_for(date(2026, 7, 21)) == "I have been the line manager since 2 March 2026."
    assert known_for(date(2026, 7, 20)) == "I was the line manager from 2 March 2026 to 20 July 2026."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": " "}, "A sentence is enough, but there has to be one."),
        ({"recommends": ""}, "Choose one. You may also rather not say."),
        ({"recommends": "nonsense"}, "Choose one of those in the list."),
        ({"known_for": ""}, "Say in a few words how you know them."),
        ({"strengths": "x" * 1501}, "at most 1500"),
        ({"work": "a\x00b"}, "Null characters"),
        ({"seen": "x"}, "Enter a whole number"),
    ],
)
def test_what_is_missing_is_said(db, fields, words):
    form = ReferenceForm(FORM | fields, instance=Reference(known_for="As their line manager"))
    assert [(where, words in error) for where, [error] in form.errors.items()] == [(*fields, True)]


def test_what_is_missing_is_not_given_and_nothing_is_lost(link, client):
    response = client.post(link, FORM | {"words": " ", "strengths": "Asks early"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "A sentence is enough, but there has to be one." in page
    assert "I was the line manager for five months" in page
    assert "Asks early" in page
    assert Reference.objects.get().status == "asked"


def test_it_can_be_corrected_for_ten_minutes_but_not_from_an_old_page(cast, link, client, time_machine):
    give(cast.reference, Ask.objects.get(), by=cast.manager, seen=0, **WORDS)
    old = client.post(link, FORM | {"words": "From another window"})
    assert old.status_code == 422
    assert "Somebody was quicker" in old.content.decode()
    client.post(link, FORM | {"words": "We would like to keep them.", "seen": 1})
    assert Reference.objects.get().words == "We would like to keep them."
    assert says(cast)[0] == "corrected the reference"
    assert Notice.objects.filter(kind="reference_answered").count() == 1
    time_machine.move_to("2026-07-20 12:11")
    late = client.post(link, FORM | {"words": "Too late", "seen": 2})
    assert late.status_code == 422
    assert "The ten minutes for corrections are over." in late.content.decode()
    assert Reference.objects.get().words == "We would like to keep them."


# --- Declining ---


def test_the_manager_kindly_declines(cast, url, link, client):
    page = client.post(link, {"act": "decline", "because": "Our company gives none"}, follow=True).content.decode()
    assert "Thank you for your answer" in page
    reference = Reference.objects.select_related("manager").get()
    assert reference.sentence() == "Kindly declined by Manager Reed on 20 July 2026"
    student = signed_in(cast.student)
    page = student.get(url).content.decode()
    assert "Our company gives none" in page
    assert "Perhaps somebody else there would." in page
    assert "Ask for it" not in page
    assert "Manager Reed would rather give none." in said(student.post(url, {}))[0]
    assert Reference.objects.count() == 1
    assert "would rather give no reference" in Notice.objects.get(kind="reference_answered").text


def test_a_no_becomes_a_yes_within_ten_minutes(link, client):
    too_long = client.post(link, {"act": "decline", "because": "x" * 501})
    assert (too_long.status_code, Reference.objects.get().status) == (422, "asked")
    client.post(link, {"act": "decline", "because": ""})
    assert Reference.objects.get().status == "declined"
    client.post(link, FORM | {"seen": 1})
    assert Reference.objects.get().status == "given"


def test_after_a_no_another_manager_can_be_asked(cast, reference):
    decline(reference, Ask.objects.get(), by=cast.manager, because="")
    other = LineManagerFactory(employer=cast.employer).user
    Placement.objects.filter(pk=cast.placement.pk).update(manager=other)
    ask_for_reference(Placement.objects.get(pk=cast.placement.pk), message="", by=cast.student)
    assert list(Reference.objects.order_by("pk").values_list("manager", "status")) == [
        (cast.manager.pk, "declined"),
        (other.pk, "asked"),
    ]


# --- Taking back, opening again ---


def test_taken_back_the_link_opens_nothing(cast, reference, link, client):
    signed_in(cast.student).post(f"/references/{reference.pk}/take-back/")
    assert client.get(link).status_code == 410
    assert client.post(link, FORM).status_code == 409
    assert Reference.objects.get().status == "taken_back"
    assert says(cast)[0] == "does not need the reference any more"


def test_what_was_given_meanwhile_is_not_taken_back(cast, reference):
    give(reference, Ask.objects.get(), by=cast.manager, seen=0, **WORDS)
    response = signed_in(cast.student).post(f"/references/{reference.pk}/take-back/")
    assert said(response) == ["This has moved on meanwhile. Given by Manager Reed on 20 July 2026."]


def test_the_tutor_opens_it_again_for_a_correction(cast, url, client, time_machine):
    reference = given_reference_of(cast)
    time_machine.move_to("2026-07-21 12:00")
    assert signed_in(cast.student).post(f"/references/{reference.pk}/reopen/").status_code == 403
    signed_in(cast.tutor).post(f"/references/{reference.pk}/reopen/")
    assert "We would have liked" not in signed_in(cast.student).get(url).content.decode()
    assert signed_in(cast.student).get(f"/references/{reference.pk}/print/").status_code == 404
    ask = Ask.objects.open().get()
    assert "We would have liked" in client.get(ask.path()).content.decode()
    client.post(ask.path(), FORM | {"seen": 2, "words": "Better so."})
    assert (Reference.objects.get().status, Reference.objects.get().words) == ("given", "Better so.")


def test_a_former_manager_keeps_theirs_and_neither_the_new_one_nor_a_stranger_sees_it(cast, reference):
    new = LineManagerFactory(employer=cast.employer).user
    give(reference, Ask.objects.get(), by=cast.manager, seen=0, **WORDS)
    Placement.objects.filter(pk=cast.placement.pk).update(manager=new)
    assert list(Reference.objects.visible_to(cast.manager)) == [reference]
    strangers = [getattr(cast, who) for who in ("student2", "manager2", "tutor2", "other_student", "other_coordinator")]
    for who in [new, *strangers]:
        assert list(Reference.objects.visible_to(who)) == [], who


# --- Reading it, and staff ---


def test_the_reference_to_print_and_as_pdf(cast, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **more: b"%PDF")
    reference = given_reference_of(cast)
    page = signed_in(cast.student).get(f"/references/{reference.pk}/print/").content.decode()
    assert "How I know Student Reed" in page
    assert "Yes, warmly." in page
    response = signed_in(cast.manager).get(f"/references/{reference.pk}/reference.pdf")
    assert 'filename="Reference - Student Reed.pdf"' in response["Content-Disposition"]


def test_a_reference_that_waits_for_ten_days_is_seen_by_staff(cast, reference, time_machine):
    def late(days):
        found = needs_of_staff(cast.tutor.desks[0], timezone.now() + timedelta(days=days))
        return [need.thing for need in found if need.kind.name == "reference_late"]

    assert (late(9), late(10)) == ([], [cast.placement.pk])


def test_staff_send_the_mail_again_from_the_page(cast, url, reference, time_machine):
    again, tutor = f"/asks/{Ask.objects.get().pk}/send/", signed_in(cast.tutor)
    assert again in tutor.get(url).content.decode()
    assert again not in signed_in(cast.student).get(url).content.decode()
    time_machine.move_to("2026-07-20 12:30")
    tutor.post(again, {"back": url})
    assert Notice.objects.filter(kind="ask_reference").count() == 2
    assert mail.outbox == [] or all("Reed" not in message.subject for message in mail.outbox)


def test_the_page_of_an_open_one_takes_few_queries(cast, url, reference, django_assert_num_queries):
    client = signed_in(cast.tutor)
    with django_assert_num_queries(5):
        client.get(url)


def test_the_page_takes_few_queries(cast, url, django_assert_num_queries):
    given_reference_of(cast)
    for who in (cast.student, cast.tutor):
        client = signed_in(who)
        with django_assert_num_queries(4):
            client.get(url)
