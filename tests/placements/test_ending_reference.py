"""A reference: asked of the manager by a mailed link, given, declined, corrected, taken back, opened again."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import travel

from placements.ending.forms import ReferenceForm
from placements.ending.models import Reference
from placements.ending.referring import ask_for_reference
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
    signed_in(cast.student).post(url, {"message": MESSAGE})
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


def test_a_message_that_is_too_long_is_refused(cast, url):
    response = signed_in(cast.student).post(url, {"message": "x" * 501})
    assert response.status_code == 422
    assert Reference.objects.count() == 0


# --- Giving ---


def test_the_manager_gives_it_without_a_password(cast, url, link, client):
    page = client.get(link).content.decode()
    assert "You are answering as <strong>Manager Reed</strong>" in page
    assert "For an apprenticeship" in page
    response = client.post(link, FORM, follow=True)
    assert "Thank you for the reference" in response.content.decode()
    reference = Reference.objects.get()
    assert (reference.status, reference.given_name, reference.given_title) == (
        "given",
        "Manager Reed",
        "Lead developer",
    )
    assert "We would have liked to keep them." in signed_in(cast.student).get(url).content.decode()
    notice = Notice.objects.get(kind="reference_answered")
    assert (notice.to, notice.subject) == (cast.student, "An answer to what you asked for")
    assert says(cast)[0] == "gave the reference"
    assert not Ask.objects.open().exists()


def test_a_signed_in_manager_gives_it_on_their_own_page(cast, reference):
    manager, ask = signed_in(cast.manager), Ask.objects.get()
    assert "Give a reference" in manager.get("/approvals/").content.decode()
    manager.post(f"/asks/{ask.pk}/", FORM)
    assert Reference.objects.get().status == "given"


def test_what_the_portal_knows_need_not_be_typed(cast, link, client):
    cast.manager.line_manager_at.update(job_title="Lead developer")
    page = client.get(link).content.decode()
    assert "I have been the line manager since 2 March 2026." in page
    assert 'value="Lead developer"' in page


@pytest.mark.parametrize(
    ("last_on", "words"),
    [
        (date(2026, 7, 21), "I have been the line manager since 2 March 2026."),
        (date(2026, 7, 20), "I was the line manager from 2 March 2026 to 20 July 2026."),
    ],
)
def test_a_placement_that_goes_on_is_not_told_as_past(cast, link, client, last_on, words):
    type(cast.placement).objects.filter(pk=cast.placement.pk).update(last_on=last_on)
    assert words in client.get(link).content.decode()


def test_opening_the_link_writes_nothing(link, client):
    before = Event.objects.count()
    client.get(link)
    assert Event.objects.count() == before
    assert Reference.objects.get().status == "asked"


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


def test_it_can_be_corrected_for_ten_minutes(cast, link, client, time_machine):
    client.post(link, FORM)
    client.post(link, FORM | {"words": "We would like to keep them.", "seen": 1})
    reference = Reference.objects.get()
    assert reference.words == "We would like to keep them."
    assert says(cast)[0] == "corrected the reference"
    assert Notice.objects.filter(kind="reference_answered").count() == 1
    time_machine.move_to("2026-07-20 12:11")
    response = client.post(link, FORM | {"words": "Too late", "seen": 2})
    assert response.status_code == 422
    assert "The ten minutes for corrections are over." in response.content.decode()
    assert Reference.objects.get().words == "We would like to keep them."


def test_a_second_press_changes_nothing_and_says_thank_you(cast, link, client):
    client.post(link, FORM)
    page = client.post(link, FORM, follow=True).content.decode()
    assert "Thank you for the reference" in page
    assert Notice.objects.filter(kind="reference_answered").count() == 1
    assert says(cast).count("gave the reference") == 1


def test_a_page_that_is_old_overwrites_nothing(link, client):
    client.post(link, FORM)
    response = client.post(link, FORM | {"words": "From another window"})
    assert response.status_code == 422
    assert "Somebody was quicker" in response.content.decode()
    assert Reference.objects.get().words == "We would have liked to keep them."


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
    client.post(link, {"act": "decline", "because": ""})
    client.post(link, FORM | {"seen": 1})
    assert Reference.objects.get().status == "given"


def test_a_no_that_is_too_long_is_kept_on_the_page(link, client):
    response = client.post(link, {"act": "decline", "because": "x" * 501})
    assert response.status_code == 422
    assert Reference.objects.get().status == "asked"


def test_after_a_no_another_manager_can_be_asked(cast, url, link, client):
    client.post(link, {"act": "decline"})
    other = LineManagerFactory(employer=cast.employer).user
    Placement.objects.filter(pk=cast.placement.pk).update(manager=other)
    signed_in(cast.student).post(url, {"message": ""})
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


def test_what_was_given_meanwhile_is_not_taken_back(cast, reference, link, client):
    client.post(link, FORM)
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
    assert "Better so." in signed_in(cast.student).get(url).content.decode()


def test_a_former_manager_keeps_theirs_and_the_new_one_does_not_see_it(cast):
    reference = given_reference_of(cast)
    new = LineManagerFactory(employer=cast.employer).user
    Placement.objects.filter(pk=cast.placement.pk).update(manager=new)
    assert list(Reference.objects.visible_to(cast.manager)) == [reference]
    assert list(Reference.objects.visible_to(new)) == []


def test_strangers_do_not_see_it(cast):
    given_reference_of(cast)
    for who in ("student2", "manager2", "tutor2", "other_student", "other_coordinator"):
        assert list(Reference.objects.visible_to(getattr(cast, who))) == [], who


def test_strangers_do_nothing_with_it(cast, reference):
    for who in ("tutor2", "other_coordinator"):
        for act in ("take-back", "reopen"):
            assert signed_in(getattr(cast, who)).post(f"/references/{reference.pk}/{act}/").status_code == 404


# --- Reading it, and staff ---


def test_the_reference_as_page_and_pdf(cast):
    reference = given_reference_of(cast)
    page = signed_in(cast.student).get(f"/references/{reference.pk}/print/").content.decode()
    assert "How I know Student Reed" in page
    assert "Yes, warmly." in page
    response = signed_in(cast.manager).get(f"/references/{reference.pk}/reference.pdf")
    assert response.content.startswith(b"%PDF-")
    assert 'filename="Reference - Student Reed.pdf"' in response["Content-Disposition"]


def test_a_reference_that_waits_for_ten_days_is_seen_by_staff(cast, reference, time_machine):
    def late(days):
        found = needs_of_staff(cast.tutor.desks[0], timezone.now() + timedelta(days=days))
        return [need.thing for need in found if need.kind.name == "reference_late"]

    assert (late(9), late(10)) == ([], [cast.placement.pk])


def test_staff_send_the_mail_again_from_the_page(cast, url, reference, time_machine):
    ask = Ask.objects.get()
    assert f"/asks/{ask.pk}/send/" in signed_in(cast.tutor).get(url).content.decode()
    assert f"/asks/{ask.pk}/send/" not in signed_in(cast.student).get(url).content.decode()
    time_machine.move_to("2026-07-20 12:30")
    signed_in(cast.tutor).post(f"/asks/{ask.pk}/send/", {"back": url})
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
