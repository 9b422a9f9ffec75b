"""Checks of an employer: recorded, renewed, corrected, taken out again; what is checked is the provider's to say."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from employers.checks.forms import CheckForm, CheckKindForm
from employers.checks.keeping import months_after, record_check, take_out
from employers.checks.models import Check, CheckKind
from employers.checks.standing import glance, standings_of
from portal.history.models import Event
from portal.uploads import Accepted
from portal.workflow import Refused
from tests.checked import check_rows, record
from tests.conftest import signed_in
from tests.employers.access_checks import PAPER, check_with_document, kind_of
from tests.factories import ProviderFactory, SiteFactory
from tests.pages import told

pytestmark = pytest.mark.django_db

CERTIFICATE = {
    "checked_on": "2026-03-02",
    "checked_by": "Ruth Adeyemi",
    "expires_on": "2027-03-01",
    "note": "Shire Mutual, policy 4711",
}


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2026-03-10 12:00")


def pdf(name="certificate.pdf", content=b"%PDF-1.4 certificate"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def add_path(cast, slug="insurance"):
    return f"/employers/{cast.employer.pk}/checks/{kind_of(cast, slug).pk}/add/"


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def sentences(employer):
    standings = standings_of(employer, list(employer.sites.all()))
    return {str(standing): standing.sentence() for standing in standings}


# --- What a provider checks ---


def test_a_new_provider_begins_with_six_kinds(cast):
    kinds = CheckKind.objects.filter(provider=cast.provider)
    assert [(kind.title, kind.scope, kind.needed, kind.months) for kind in kinds] == [
        ("Employers’ liability insurance", "employer", "always", None),
        ("Health and safety check of the site", "site", "always", 12),
        ("Risk assessment for the role", "site", "always", 12),
        ("Risk assessment for a young person under 18", "site", "under_18", 12),
        ("Safeguarding contact at the employer", "employer", "always", 12),
        ("Supervision", "site", "advice", 12),
    ]
    assert ProviderFactory().check_kinds.count() == 6


def test_every_kind_says_how_it_stands_before_anything_is_checked(cast):
    site = cast.employer.sites.get()
    assert sentences(cast.employer) == {
        "Employers’ liability insurance": "Missing: no placement can start without it",
        f"Health and safety check of the site ({site})": "Missing: no placement can start without it",
        f"Risk assessment for the role ({site})": "Missing: no placement can start without it",
        f"Risk assessment for a young person under 18 ({site})": "Not there: only students under 18 need it",
        "Safeguarding contact at the employer": "Missing: no placement can start without it",
        f"Supervision ({site})": "Not there: good to have",
    }


KIND = {
    "title": "DBS checks of staff",
    "hint": "",
    "scope": "employer",
    "needed": "always",
    "expires": "on",
    "months": "24",
}


def test_a_coordinator_adds_a_check_of_their_own(cast):
    client = signed_in(cast.coordinator)
    assert client.post("/check-kinds/add/", KIND).url == "/check-kinds/"
    kind = CheckKind.objects.get(provider=cast.provider, title="DBS checks of staff")
    assert (kind.months, kind.lasting, kind.slug) == (24, "Usually holds 24 months", "")
    assert "DBS checks of staff" in sentences(cast.employer)
    assert not CheckKind.objects.filter(provider=cast.other_provider, title="DBS checks of staff").exists()


def test_a_kind_that_is_not_right_is_refused_next_to_the_field(cast):
    wrong = {"title": " supervision ", "months": "0", "needed": "never"}
    response = signed_in(cast.coordinator).post("/check-kinds/add/", KIND | wrong)
    assert response.status_code == 422
    assert errors_of(response) == {
        "title": ["There is a check of this name already."],
        "months": ["Enter 1 or more, not 0."],
        "needed": ["Choose one of those in the list."],
    }
    for field, value, says in [
        ("title", "", "This is missing."),
        ("title", "x" * 121, "Make this shorter: at most 120 characters, it has 121 now."),
        ("months", "soon", "Enter a whole number, such as 30."),
    ]:
        form = CheckKindForm(KIND | {field: value}, instance=CheckKind(provider=cast.provider))
        assert form.errors == {field: [says]}


def test_a_changed_wording_leaves_old_checks_alone_and_how_often_they_are_made(cast):
    check = record(cast.employer, "insurance", by=cast.coordinator)
    changed = KIND | {"title": "Insurance of the employer", "needed": "advice", "expires": "", "months": "5"}
    signed_in(cast.coordinator).post(f"/check-kinds/{check.kind_id}/edit/", changed | {"scope": "site"})
    check.refresh_from_db()
    assert (check.wording, check.kind.title) == ("Employers’ liability insurance", "Insurance of the employer")
    assert (check.kind.months, check.kind.lasting) == (None, "Holds until something changes")
    assert check.kind.scope == "employer"
    assert "what is checked from Employers’ liability insurance to Insurance" in Event.objects.about(check.kind)[0].says


def test_a_kind_is_not_used_any_more_and_taken_up_again(cast):
    client, kind = signed_in(cast.coordinator), kind_of(cast)
    record(cast.employer, "insurance", by=cast.coordinator)
    client.post(f"/check-kinds/{kind.pk}/stop/")
    client.post(f"/check-kinds/{kind.pk}/stop/")
    kind.refresh_from_db()
    assert not kind.is_used
    assert "Employers’ liability insurance" in sentences(cast.employer)  # what was checked stays readable
    assert client.get(add_path(cast)).status_code == 404
    client.post(f"/check-kinds/{kind.pk}/resume/")
    assert [event.says for event in Event.objects.about(kind)] == ["took it up again", "stopped using it"]


# --- Recording ---


def test_a_tutor_records_a_check_with_its_document(cast):
    client = signed_in(cast.tutor)
    response = client.post(add_path(cast), CERTIFICATE | {"document": pdf()})
    assert response.url == f"/employers/{cast.employer.pk}/parts/checks/"
    check = Check.objects.get()
    assert (check.employer, check.site, check.checked_by) == (cast.employer, None, "Ruth Adeyemi")
    assert (check.checked_on, check.expires_on) == (date(2026, 3, 2), date(2027, 3, 1))
    assert (check.sentence(), check.tone) == ("Holds until 1 March 2027", "good")
    assert Event.objects.about(cast.employer)[0].says == (
        "recorded: Employers’ liability insurance. Holds until 1 March 2027"
    )
    page = client.get(response.url).content.decode()
    assert "Shire Mutual, policy 4711" in page
    assert "certificate.pdf" in page
    got = client.get(f"/checks/{check.pk}/document/")
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.4 certificate", "application/pdf")


def test_a_second_press_records_nothing_twice(cast):
    def press(document):
        facts = {"checked_on": date(2026, 3, 2), "checked_by": "Tom", "expires_on": date(2027, 3, 1), "note": ""}
        record_check(cast.employer, kind_of(cast), [None], facts=facts, document=document, by=cast.tutor)
        return Check.objects.count()

    other = Accepted("other.pdf", "application/pdf", b"%PDF-1.4 certificate")
    assert [press(PAPER), press(PAPER), press(other)] == [1, 1, 2]


def test_a_check_of_the_site_is_made_for_several_sites_at_once(cast):
    client, second = signed_in(cast.coordinator), SiteFactory(employer=cast.employer, name="Depot")
    first = cast.employer.sites.exclude(pk=second.pk).get()
    page = client.get(f"{add_path(cast, 'site-safety')}?site={second.pk}")
    assert page.context["form"]["sites"].value() == [str(second.pk)]
    data = {"sites": [first.pk, second.pk], "checked_on": "2026-01-31", "checked_by": "Tom Ellis", "expires_on": ""}
    client.post(add_path(cast, "site-safety"), data)
    assert [(check.place, check.expires_on) for check in Check.objects.order_by("pk")] == [
        ("Depot", date(2027, 1, 31)),
        (first.name, date(2027, 1, 31)),
    ]


def test_without_a_site_it_is_about_the_employers_own_address(cast):
    cast.placement.site = None
    cast.placement.save()
    cast.employer.sites.all().delete()
    data = {"checked_on": "2026-01-31", "checked_by": "Tom Ellis"}
    signed_in(cast.coordinator).post(add_path(cast, "site-safety"), data)
    assert Check.objects.get().site is None
    page = signed_in(cast.coordinator).get(f"/employers/{cast.employer.pk}/parts/checks/").content.decode()
    assert "Health and safety check of the site</strong>, Own address" in page


def test_what_is_not_right_is_refused_next_to_the_field_and_the_words_stay(cast):
    wrong = {"checked_on": "2026-03-11", "checked_by": "", "expires_on": "", "document": pdf(content=b"MZ not a PDF")}
    response = signed_in(cast.coordinator).post(add_path(cast), CERTIFICATE | wrong)
    assert response.status_code == 422
    errors = errors_of(response)
    assert "is not a PDF" in errors.pop("document")[0]
    assert errors == {
        "checked_on": ["This day is still to come."],
        "checked_by": ["This is missing."],
        "expires_on": ["This is missing."],
    }
    assert "Shire Mutual, policy 4711" in response.text
    assert not Check.objects.exists()
    for wrong, says in [
        (
            {"checked_on": "31/02/2026", "checked_by": "x\x00", "note": "x" * 2001},
            {
                "checked_on": "There is no such date. Write it like 12/3/2026.",
                "checked_by": "Null characters are not allowed.",
                "note": "Make this shorter: at most 2000 characters, it has 2001 now.",
            },
        ),
        ({"checked_on": "1926-03-01"}, {"checked_on": "That is too long ago. Look at the year."}),
        ({"expires_on": "2026-03-01"}, {"expires_on": "This is before the day of the check."}),
        ({"expires_on": "2036-03-03"}, {"expires_on": "That is more than 10 years. Look at the year."}),
    ]:
        form = CheckForm(CERTIFICATE | wrong, kind=kind_of(cast), employer=cast.employer)
        assert form.errors == {field: [words] for field, words in says.items()}


def test_a_site_or_a_kind_of_others_cannot_be_chosen(cast):
    data = {"sites": [cast.employer2.sites.get().pk], "checked_on": "2026-01-31", "checked_by": "Tom Ellis"}
    form = CheckForm(data, kind=kind_of(cast, "site-safety"), employer=cast.employer)
    assert form.errors == {"sites": ["Choose only from those in the list."]}
    kind = CheckKind.objects.get(provider=cast.other_provider, number=10)
    path = f"/employers/{cast.employer.pk}/checks/{kind.pk}/add/"
    assert signed_in(cast.coordinator).get(path).status_code == 404


def test_a_nonsense_site_in_the_address_does_no_harm(cast):
    path = f"{add_path(cast, 'site-safety')}?site=99999999999999999999999&site=%00"
    assert signed_in(cast.coordinator).get(path).status_code == 200


# --- Renewing, correcting, taking out ---


def test_a_newer_check_replaces_the_one_before(cast):
    old = record(cast.employer, "insurance", on=date(2025, 3, 1), by=cast.coordinator, until=date(2026, 2, 28))
    assert (old.sentence(), old.tone) == ("Lapsed on 28 February 2026", "problem")
    new = record(cast.employer, "insurance", on=date(2026, 3, 2), by=cast.coordinator)
    old.refresh_from_db()
    assert (new.replaces, old.is_current, old.sentence()) == (old, False, "Replaced by a newer one")
    page = signed_in(cast.coordinator).get(f"/employers/{cast.employer.pk}/parts/checks/").content.decode()
    assert f'href="/checks/{old.pk}/edit/"' in page


def test_a_wrong_check_is_taken_out_and_the_one_before_holds_again(cast):
    old = record(cast.employer, "insurance", by=cast.coordinator)
    new = record(cast.employer, "insurance", on=date(2026, 3, 5), by=cast.coordinator)
    client = signed_in(cast.tutor)
    assert client.post(f"/checks/{new.pk}/remove/", {"because": ""}).status_code == 422
    client.post(f"/checks/{new.pk}/remove/", {"because": "It was another firm's"})
    assert Check.objects.current().get() == old
    new.refresh_from_db()
    assert new.sentence() == "Taken out on 10 March 2026: It was another firm's"
    says = Event.objects.about(cast.employer)[0].says
    assert says == "took out: Employers’ liability insurance. Reason: It was another firm's"
    third = record(cast.employer, "insurance", on=date(2026, 3, 6), by=cast.coordinator)
    assert third.replaces == old


def test_nothing_is_taken_out_twice_and_nothing_old(cast):
    old = record(cast.employer, "insurance", by=cast.coordinator)
    new = record(cast.employer, "insurance", on=date(2026, 3, 5), by=cast.coordinator)
    with pytest.raises(Refused, match="replaced or taken out already"):
        take_out(old, because="Wrong", by=cast.coordinator)
    take_out(new, because="Wrong", by=cast.coordinator)
    response = signed_in(cast.tutor).post(f"/checks/{new.pk}/remove/", {"because": "Wrong"})
    assert "Somebody was quicker" in told(response)
    assert Check.objects.current().get() == old


def test_a_check_is_corrected_with_its_history(cast):
    check = check_with_document(cast)
    Check.objects.update(told_days=60)
    client = signed_in(cast.tutor)
    client.post(f"/checks/{check.pk}/edit/", CERTIFICATE | {"checked_by": "Tom Ellis", "document": pdf("new.pdf")})
    check.refresh_from_db()
    assert (check.checked_by, check.expires_on, str(check.document)) == ("Tom Ellis", date(2027, 3, 1), "new.pdf")
    assert check.told_days is None
    said = [event.says for event in Event.objects.about(check)]
    assert said[1] == "put the document new.pdf in"
    assert "holds until from 9 March 2027 to 1 March 2027" in said[0]
    page = client.get(f"/checks/{check.pk}/edit/").content.decode()
    assert "There is one: new.pdf" in page


def test_an_older_check_is_read_only(cast):
    old = record(cast.employer, "insurance", by=cast.coordinator)
    record(cast.employer, "insurance", on=date(2026, 3, 5), by=cast.coordinator)
    client = signed_in(cast.tutor)
    client.post(f"/checks/{old.pk}/edit/", CERTIFICATE | {"checked_by": "Somebody else"})
    old.refresh_from_db()
    assert old.checked_by == "Coordinator Reed"
    page = client.get(f"/checks/{old.pk}/edit/").content.decode()
    assert "Replaced by a newer one" in page
    assert "Save" not in page


@pytest.mark.database
def test_the_database_keeps_one_current_check_for_a_place(cast):
    check = record(cast.employer, "insurance", by=cast.coordinator)
    of_site = record(cast.employer, "site-safety", cast.employer.sites.get(), by=cast.coordinator)
    for twin in (check, of_site):
        twin.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


# --- In words ---


@pytest.mark.parametrize(
    ("until", "says", "tone"),
    [
        (date(2026, 3, 9), "Lapsed on 9 March 2026", "problem"),
        (date(2026, 3, 10), "Holds until 10 March 2026, today", "attention"),
        (date(2026, 3, 11), "Holds until 11 March 2026, 1 more day", "attention"),
        (date(2026, 4, 9), "Holds until 9 April 2026, 30 more days", "attention"),
        (date(2026, 4, 10), "Holds until 10 April 2026, 31 more days", "waiting"),
        (date(2026, 5, 10), "Holds until 10 May 2026", "good"),
    ],
)
def test_a_check_says_how_long_it_holds(until, says, tone):
    check = Check(checked_on=date(2026, 2, 2), expires_on=until)
    assert (check.sentence(), check.tone) == (says, tone)


def test_a_check_that_does_not_lapse():
    check = Check(checked_on=date(2026, 2, 2), expires_on=None)
    assert (check.sentence(), check.has_lapsed()) == ("Checked on 2 February 2026, does not lapse", False)


def test_the_page_of_the_employer_says_it_in_one_sentence(cast):
    site = cast.employer.sites.get()

    def glanced():
        return glance(standings_of(cast.employer, [site]))

    assert glanced() == (
        "problem",
        "To settle before a placement can start: Employers’ liability insurance; Health and safety check of the site "
        f"({site}); Risk assessment for the role ({site}); and 1 more",
    )
    for slug, where in (("site-safety", site), ("role-risk", site), ("safeguarding", None)):
        record(cast.employer, slug, where, by=cast.coordinator)
    record(cast.employer, "insurance", by=cast.coordinator, until=date(2026, 3, 31))
    assert glanced() == (
        "attention",
        "In order. The next to lapse: Employers’ liability insurance, on 31 March 2026",
    )
    record(cast.employer, "insurance", on=date(2026, 3, 2), by=cast.coordinator)
    assert "All that is needed is in order" in signed_in(cast.tutor).get(f"/employers/{cast.employer.pk}/").text


def test_months_later():
    for day, months, then in [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 2), 24, date(2028, 3, 2)),
    ]:
        assert months_after(day, months) == then


def test_the_tab_takes_seven_queries(cast, django_assert_num_queries):
    check_with_document(cast)
    client = signed_in(cast.coordinator)
    for more in (1, 2):
        sites = SiteFactory.create_batch(more, employer=cast.employer)
        check_rows(*((cast.employer, "site-safety", site, date(2027, 2, 2)) for site in sites), by=cast.coordinator)
        with django_assert_num_queries(7):
            client.get(f"/employers/{cast.employer.pk}/parts/checks/")
