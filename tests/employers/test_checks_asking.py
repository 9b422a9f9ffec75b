"""An employer is asked by a mailed link for what is missing; staff look at what comes in, accept it or send it back."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.utils import timezone
from time_machine import travel

from employers.checks import asking
from employers.checks.answer_forms import ItemForm
from employers.checks.models import Check, CheckItem, CheckRequest
from employers.checks.request_forms import RequestForm
from employers.checks.standing import standings_of
from employers.models import Employer
from portal.asks.clock import remind_of_asks
from portal.asks.models import Ask
from portal.history.models import Event
from portal.workflow import Refused
from tests.checked import record
from tests.conftest import make_cast, signed_in
from tests.factories import SiteFactory
from tests.pages import told
from tests.poured import scene

pytestmark = pytest.mark.django_db
MARCH = "2026-03-10 12:00"


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(MARCH, tick=False)


def pdf(name="certificate.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 certificate", content_type="application/pdf")


def standing(employer, slug):
    found = standings_of(employer, list(employer.sites.all()))
    return next(standing for standing in found if standing.kind.slug == slug)


@scene
@travel(MARCH, tick=False)
def asking_the_manager():
    """The cast, whose manager is asked for the insurance, the safeguarding contact, and the facts."""
    cast = make_cast()
    wanted = [standing(cast.employer, slug) for slug in ("insurance", "safeguarding")]
    more = {"message": "Thank you!", "by": cast.tutor, "to": cast.manager}
    cast.request = asking.ask_employer(cast.employer, wanted, facts=True, **more)
    return cast


@scene
@travel(MARCH, tick=False)
def answered_by_the_manager():
    """The same, and all of it has come in."""
    cast = asking_the_manager()
    Client().post(ask_of(cast.request).path(), filled(cast.request))
    return cast


@pytest.fixture
def cast(request, db):
    names = request.fixturenames
    return answered_by_the_manager() if "given" in names else asking_the_manager() if "asked" in names else make_cast()


@pytest.fixture
def asked(cast):
    return cast.request


@pytest.fixture
def given(cast):
    return cast.request


def ask_of(request) -> Ask:
    """The newest, open one first."""
    return Ask.objects.about(request).order_by("-made_at", F("answered_at").asc(nulls_first=True)).first()


def item(request, slug=None) -> CheckItem:
    return request.items.get(kind__slug=slug) if slug else request.items.get(kind=None)


def filled(request, **more):
    """What somebody fills in who sends everything."""
    insurance, contact, facts = item(request, "insurance"), item(request, "safeguarding"), "facts"
    site = request.employer.sites.get()
    return {
        f"item-{insurance.pk}-document": pdf(),
        f"item-{insurance.pk}-expires_on": "2027-03-01",
        f"item-{insurance.pk}-note": "Shire Mutual",
        f"item-{contact.pk}-note": "Jo Hart, 01632 960555",
        f"{facts}-address": "2 Mill Lane",
        f"{facts}-town": "Leeds",
        f"{facts}-postcode": "ls12ab",
        f"{facts}-phone": "0113 496 0000",
        f"{facts}-{site.pk}-name": site.name,
        f"{facts}-{site.pk}-address": "Mill Lane",
        f"{facts}-{site.pk}-town": "Leeds",
        f"{facts}-{site.pk}-postcode": "",
        f"{facts}-new-name": "",
    } | more


# --- Asking ---


def test_what_is_missing_or_lapsing_is_ticked_and_what_is_in_order_not_offered(cast):
    record(cast.employer, "safeguarding", by=cast.tutor)
    record(cast.employer, "insurance", by=cast.tutor, until=date(2026, 4, 1))
    form = signed_in(cast.tutor).get(f"/employers/{cast.employer.pk}/check-requests/add/").context["form"]
    assert [words.partition(" (")[0] for _, words in form["what"].field.choices] == [
        "Employers’ liability insurance. Holds until 1 April 2026, 22 more days",
        "Risk assessment for the role",
        "Risk assessment for a young person under 18",
        "Supervision",
    ]
    insurance, role = (
        f"{standing(cast.employer, slug).kind.pk}-{site}"
        for slug, site in (("insurance", ""), ("role-risk", cast.employer.sites.get().pk))
    )
    assert form["what"].value() == [insurance, role]
    assert form["whom"].value() == str(cast.manager.pk)


def test_a_line_manager_is_asked_by_one_mail(cast, django_capture_on_commit_callbacks):
    client, path = signed_in(cast.tutor), f"/employers/{cast.employer.pk}/check-requests/add/"
    what = client.get(path).context["form"]["what"].value()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path, {"whom": cast.manager.pk, "what": what, "facts": "on", "message": "Thank you!"})
    assert response.url == f"/employers/{cast.employer.pk}/parts/checks/"
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["manager@cast.test"], "Something is needed before a placement")
    assert "- Employers’ liability insurance\n" in sent.body
    assert "Thank you!" in sent.body
    assert ask_of(CheckRequest.objects.get()).path() in sent.body
    assert "asked Manager Reed for: Employers’ liability insurance" in Event.objects.about(cast.employer)[0].says
    page = client.get(response.url).content.decode()
    assert "Sent to Manager Reed on 10 March, not answered yet" in page


def test_somebody_without_an_account_is_asked(cast):
    data = {"whom": "other", "name": "Jo Hart", "address": "Jo@hart.test", "facts": "on"}
    signed_in(cast.tutor).post(f"/employers/{cast.employer.pk}/check-requests/add/", data)
    assert (ask_of(CheckRequest.objects.get()).address, ask_of(CheckRequest.objects.get()).to) == ("jo@hart.test", None)


def test_an_ask_that_is_not_complete_is_refused(cast):
    missing = ["This is missing."]
    response = signed_in(cast.tutor).post(f"/employers/{cast.employer.pk}/check-requests/add/", {"whom": "other"})
    assert response.status_code == 422
    said = {"name": missing, "address": missing, "facts": ["Choose at least one thing to ask for."]}
    assert response.context["form"].errors == said
    assert not CheckRequest.objects.exists()
    for data, errors in [
        (
            {"whom": "other", "facts": "on", "name": "Jo", "address": "jo"},
            {"address": ["This is not an e-mail address. It looks like name@example.org."]},
        ),
        ({"whom": "0", "facts": "on"}, {"whom": ["Choose one of those in the list."]}),
        ({"message": "Hello", "facts": "on"}, {"whom": missing}),
    ]:
        assert RequestForm(data, employer=cast.employer, standings=[], managers=[]).errors == errors


def test_nobody_is_asked_twice_at_once(cast, asked):
    data = {"whom": "other", "name": "Jo Hart", "address": "jo@hart.test", "facts": "on"}
    response = signed_in(cast.tutor).post(f"/employers/{cast.employer.pk}/check-requests/add/", data)
    assert response.status_code == 422
    assert "Manager Reed is being asked already." in response.content.decode()
    signed_in(cast.tutor).post(f"/asks/{ask_of(asked).pk}/withdraw/")
    assert signed_in(cast.tutor).post(f"/employers/{cast.employer.pk}/check-requests/add/", data).status_code == 302


def test_a_thing_that_is_not_needed_any_more_leaves_the_list(cast, asked):
    client = signed_in(cast.coordinator)
    for pk in asked.items.values_list("pk", flat=True):
        client.post(f"/check-items/{pk}/remove/")
    assert not asked.items.exists()
    assert ask_of(asked).withdrawn_at is not None
    assert client.post("/check-items/1/remove/").status_code == 404


def test_the_reminder_names_what_is_still_wanted(cast, asked, django_capture_on_commit_callbacks):
    asking.give(item(asked, "insurance"), name="Manager Reed", note="Shire Mutual")
    with django_capture_on_commit_callbacks(execute=True):
        remind_of_asks(timezone.now() + timedelta(days=3))
    [sent] = mail.outbox
    assert "A reminder: Northfield College" in sent.body
    assert "- Safeguarding contact at the employer" in sent.body
    assert "insurance" not in sent.body


# --- Answering ---


def test_what_they_gave_before_is_filled_in(cast, client):
    record(cast.employer, "safeguarding", by=cast.tutor, until=date(2026, 3, 1), note="Jo Hart, 01632 960555")
    Employer.objects.filter(pk=cast.employer.pk).update(town="Leeds")
    employer = Employer.objects.get(pk=cast.employer.pk)
    wanted = [standing(employer, "safeguarding")]
    made = asking.ask_employer(employer, wanted, facts=True, by=cast.tutor, to=cast.manager)
    page = client.get(ask_of(made).path()).content.decode()
    assert "Jo Hart, 01632 960555" in page
    assert 'value="Leeds"' in page
    assert "Is this still right?" in page


def test_everything_is_sent_by_the_link_and_staff_hear_of_it(cast, asked, client, django_capture_on_commit_callbacks):
    path = ask_of(asked).path()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path, filled(asked))
    assert response.url == path
    page = client.get(path).content.decode()
    assert "Thank you. This has come in" in page
    assert page.count("You have sent this.") == 3
    assert ask_of(asked).is_answered
    assert not Check.objects.exists()  # staff look at it first
    insurance = item(asked, "insurance")
    assert (insurance.expires_on, insurance.note, insurance.given_by) == (
        date(2027, 3, 1),
        "Shire Mutual",
        "Manager Reed",
    )
    assert insurance.sentence() == "Given by Manager Reed on 10 March 2026, to be looked at"
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["tutor@cast.test"], "An employer has sent something")
    says = [event.says for event in Event.objects.about(cast.employer)]
    assert "had this from Manager Reed, to be looked at: Employers’ liability insurance" in says


def test_a_signed_in_manager_answers_without_the_link(cast, asked):
    client = signed_in(cast.manager)
    assert client.post(f"/asks/{ask_of(asked).pk}/", filled(asked)).status_code == 302
    assert CheckItem.objects.to_look_at().count() == 3
    assert signed_in(cast.manager2).get(f"/asks/{ask_of(asked).pk}/").status_code == 404


def test_what_is_complete_is_kept_though_another_thing_is_not(cast, asked, client):
    insurance, path = item(asked, "insurance"), ask_of(asked).path()
    assert "Employers’ liability insurance" in client.get(path).text
    assert CheckItem.objects.to_look_at().count() == 0  # opening the link writes nothing
    late = {f"item-{insurance.pk}-expires_on": "2026-03-09"}
    response = client.post(path, filled(asked, **late))
    assert response.status_code == 422
    page = response.content.decode()
    assert "This day is past. The one that holds now is needed." in page
    assert "Employers’ liability insurance, holds until: This day is past." in page
    assert {str(item) for item in CheckItem.objects.to_look_at()} == {
        "Safeguarding contact at the employer",
        "Address, phone number and sites",
    }
    assert ask_of(asked).is_open
    assert client.post(path, filled(asked, **late)).status_code == 422  # when nothing else is wanted any more, too


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"document": None, "expires_on": "", "note": "x" * 2001},
            {
                "document": "Choose a file first.", "expires_on": "This is missing.",
                "note": "Make this shorter: at most 2000 characters, it has 2001 now.",
            },
        ),
        (
            {"document": SimpleUploadedFile("x.exe", b"MZ"), "expires_on": "never", "note": "x\x00"},
            {
                "document": "“x.exe” is not a PDF", "expires_on": "There is no such date.",
                "note": "Null characters are not allowed.",
            },
        ),
        ({"expires_on": "2099-01-01"}, {"expires_on": "That is more than 10 years."}),
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_next_to_the_field(asked, wrong, said):
    sent = {"document": pdf(), "expires_on": "2027-03-01", "note": "Shire Mutual"} | wrong
    errors = ItemForm(sent, {"document": sent.pop("document")}, instance=item(asked, "insurance")).errors
    assert errors.keys() == said.keys()
    assert [words for name, words in said.items() if not errors[name][0].startswith(words)] == []


def test_a_thing_can_be_left_for_another_day(cast, asked, client):
    insurance, contact = item(asked, "insurance"), item(asked, "safeguarding")
    later = {f"item-{insurance.pk}-later": "on", "facts-later": "on"}
    assert client.post(ask_of(asked).path(), filled(asked, **later)).status_code == 302
    assert [str(item) for item in CheckItem.objects.to_look_at()] == ["Safeguarding contact at the employer"]
    assert ask_of(asked).is_open
    contact.refresh_from_db()
    says = "Nothing was sent: everything is left for another day."
    assert told(client.post(ask_of(asked).path(), later)).startswith(says)


def test_a_second_press_sends_nothing_twice(cast, asked, client):
    path, data = ask_of(asked).path(), filled(asked)
    client.post(path, data)
    given_at = item(asked, "safeguarding").given_at
    assert client.post(path, filled(asked)).status_code == 200
    assert item(asked, "safeguarding").given_at == given_at
    with pytest.raises(Refused, match="come in already"):
        asking.give(item(asked, "safeguarding"), name="Manager Reed", note="Again")


# --- Looking at it ---


def test_a_given_check_is_accepted_with_its_document(cast, given):
    client, insurance = signed_in(cast.tutor), item(given, "insurance")
    path = f"/check-items/{insurance.pk}/edit/"
    form = client.get(path).context["form"]
    assert (form["expires_on"].value(), form["note"].value()) == (date(2027, 3, 1), "Shire Mutual")
    assert client.get(f"/check-items/{insurance.pk}/document/").content == b"%PDF-1.4 certificate"
    data = {"checked_on": "2026-03-10", "checked_by": "Tom Ellis", "expires_on": "2027-03-01", "note": "Shire Mutual"}
    assert client.post(path, data).url == f"/employers/{cast.employer.pk}/parts/checks/"
    check = Check.objects.get()
    assert (check.checked_by, str(check.document), check.came_from) == ("Tom Ellis", "certificate.pdf", insurance)
    assert item(given, "insurance").sentence() == "Accepted on 10 March 2026"
    assert "accepted from Manager Reed: Employers’ liability insurance" in {
        event.says for event in Event.objects.about(cast.employer)
    }
    assert "Somebody was quicker" in told(client.post(path, data))
    assert Check.objects.count() == 1


def test_given_facts_are_taken_over(cast, asked, client):
    site = cast.employer.sites.get()
    client.post(ask_of(asked).path(), filled(asked, **{"facts-new-name": "Depot", "facts-new-town": "York"}))
    tutor, facts = signed_in(cast.tutor), item(asked)
    page = tutor.get(f"/check-items/{facts.pk}/edit/")
    assert {(change["where"], change["what"], change["old"], change["new"]) for change in page.context["changes"]} == {
        ("Your organisation", "Address", "", "2 Mill Lane"),
        ("Your organisation", "Town", "", "Leeds"),
        ("Your organisation", "Postcode", "", "LS1 2AB"),
        ("Your organisation", "Phone number", "", "0113 496 0000"),
        (f"Site {site}", "Address", "", "Mill Lane"),
        (f"Site {site}", "Town", "", "Leeds"),
        ("Another site", "Name of the site", "", "Depot"),
        ("Another site", "Town", "", "York"),
    }
    tutor.post(f"/check-items/{facts.pk}/edit/")
    cast.employer.refresh_from_db()
    assert (cast.employer.postcode, cast.employer.phone) == ("LS1 2AB", "0113 496 0000")
    assert list(cast.employer.sites.values_list("name", "town")) == [("Depot", "York"), (site.name, "Leeds")]
    assert "added the site Depot" in {event.says for event in Event.objects.about(cast.employer)}


def test_a_site_name_that_is_taken_and_a_site_that_is_gone_do_no_harm(cast, asked, client):
    site = cast.employer.sites.get()
    client.post(ask_of(asked).path(), filled(asked, **{"facts-new-name": site.name.upper()}))
    cast.placement.site = None
    cast.placement.save()
    facts = item(asked)
    facts.facts["sites"].append({"pk": 999_999, "name": "Gone", "address": "", "town": "", "postcode": ""})
    facts.save()
    asking.accept_facts(facts, by=cast.tutor)
    assert [site.name for site in cast.employer.sites.all()] == [site.name]


def test_something_is_sent_back_with_a_reason_and_mailed(cast, given, client, django_capture_on_commit_callbacks):
    insurance, tutor = item(given, "insurance"), signed_in(cast.tutor)
    assert tutor.post(f"/check-items/{insurance.pk}/send-back/", {"sent_back_because": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        tutor.post(f"/check-items/{insurance.pk}/send-back/", {"sent_back_because": "Page 2 is missing"})
    assert item(given, "insurance").sentence() == "Sent back: Page 2 is missing"
    assert "- Employers’ liability insurance (again: Page 2 is missing)" in mail.outbox[-1].body
    page = client.get(ask_of(given).path()).content.decode()
    assert "The college needs this again: Page 2 is missing" in page
    assert "You sent certificate.pdf. A new one takes its place." in page
    assert "Shire Mutual" in page
    data = {f"item-{insurance.pk}-expires_on": "2027-03-01", f"item-{insurance.pk}-note": "Both pages"}
    client.post(ask_of(given).path(), data | {f"item-{insurance.pk}-document": pdf("both.pdf")})
    assert (str(item(given, "insurance").document), item(given, "insurance").sent_back_because) == ("both.pdf", "")


def test_what_is_decided_is_not_sent_back(cast, given):
    contact = item(given, "safeguarding")
    signed_in(cast.tutor).post(
        f"/check-items/{contact.pk}/edit/", {"checked_on": "2026-03-10", "checked_by": "Tom", "note": "Jo Hart"}
    )
    assert Check.objects.get().expires_on == date(2027, 3, 10)  # twelve months, as such a check usually holds
    with pytest.raises(Refused, match="Somebody was quicker"):
        asking.send_back(contact, because="No", by=cast.tutor)
    page = signed_in(cast.tutor).get(f"/check-items/{contact.pk}/edit/").content.decode()
    assert "See the check that it became" in page


def test_the_office_hears_when_whoever_asked_has_left(cast, asked, client, django_capture_on_commit_callbacks):
    cast.tutor.is_active = False
    cast.tutor.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ask_of(asked).path(), filled(asked))
    assert {address for sent in mail.outbox for address in sent.to} == {
        "coordinator@cast.test",
        "coordinator2@cast.test",
    }


def test_the_page_behind_the_link_takes_five_queries(cast, asked, client, django_assert_num_queries):
    path = ask_of(asked).path()
    for more in (1, 2):
        SiteFactory.create_batch(more, employer=cast.employer)
        with django_assert_num_queries(5):
            client.get(path)
