"""Employers of a provider, with their sites and line managers: found, added, changed, removed when never used."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict

from employers.forms import EmployerForm, LineManagerAddForm, LineManagerEditForm, SiteForm
from employers.keeping import remove_employer, remove_line_manager
from employers.listing import Listing
from employers.models import Employer, LineManager, Site
from employers.opportunities.models import Opportunity
from placements.models import Placement
from portal.history.models import Event
from portal.people.models import Role, User
from portal.workflow import Refused, SomebodyWasQuicker
from students.tlevels.models import TLevel
from tests.checked import check_rows, record
from tests.conftest import signed_in
from tests.factories import (
    EmployerFactory,
    LineManagerFactory,
    MembershipFactory,
    PlacementFactory,
    SiteFactory,
    many_placements,
    many_students,
)
from tests.pages import told

pytestmark = pytest.mark.django_db

HARTLEY = {
    "name": "Hartley Building Services",
    "ern": "123456789",
    "sector": "Construction",
    "size": "small",
    "address": "2 Mill Lane",
    "town": "Leeds",
    "postcode": "ls12ab",
    "phone": "0113 496 0000",
}
PRIYA = {
    "first_name": "Priya",
    "last_name": "Shah",
    "email": "priya@hartley.test",
    "phone": "",
    "job_title": "Site manager",
}


# --- The list ---


@pytest.fixture
def three(cast):
    """Three more employers of the provider."""
    for name, sector, town, size in [
        ("Abbey Care", "Health", "Leeds", "small"),
        ("Brook Software", "Digital", "York", "micro"),
        ("Castle Care", "Health", "York", "large"),
    ]:
        EmployerFactory(provider=cast.provider, name=name, sector=sector, town=town, size=size)


FOUND = {
    "q=care": ["Abbey Care", "Castle Care"],
    "q=care+york": ["Castle Care"],
    "sector=Health&town=Leeds": ["Abbey Care"],
    "size=micro": ["Brook Software"],
    "q=other": [],
    "sort=-name&sector=Health": ["Castle Care", "Abbey Care"],
    "sort=town&q=care": ["Abbey Care", "Castle Care"],
    "sort=-students_now": ["Employer", "Employer2", "Abbey Care", "Brook Software", "Castle Care"],
    "sort=checks_open&q=care": ["Abbey Care", "Castle Care"],
    "students=now": ["Employer", "Employer2"],
    "students=never&sector=Digital": ["Brook Software"],
    "students=before": [],
    "checks=good": [],
    "checks=open&size=large": ["Castle Care"],
    "checks=lapsed": [],
    "sort=nonsense&q=care": ["Abbey Care", "Castle Care"],
}


def listed(cast, asked: str) -> list:
    """The rows of the list for a tutor who asks for this."""
    desk, own = cast.tutor.desks[0], Employer.objects.visible_to(cast.tutor)
    return list(Listing(QueryDict(asked), desk, own).page)


def found(cast, asked: str) -> list[str]:
    return [employer.name for employer in listed(cast, asked)]


def test_employers_are_found_and_those_of_another_provider_are_not(cast, three):
    assert {asked: found(cast, asked) for asked in FOUND} == FOUND
    page = signed_in(cast.tutor).get("/employers/?sort=-name").context["page"]
    names = [employer.name for employer in page]
    assert names == ["Employer2", "Employer", "Castle Care", "Brook Software", "Abbey Care"]


def test_an_empty_list_leads_to_the_first_employer(cast):
    Employer.objects.filter(pk=cast.other_employer.pk).update(provider=cast.provider)
    page = signed_in(cast.other_tutor).get("/employers/").content.decode()
    assert "No employer yet" in page
    assert 'href="/employers/add/"' in page


def test_the_list_counts_students_and_checks(cast, three):
    PlacementFactory(student=cast.student_record, employer=cast.employer, first_on=date(2026, 4, 1), status="ended")
    record(cast.employer, "insurance", by=cast.coordinator)
    row = listed(cast, "q=employer&sort=-students_before")[0]
    figures = dict(row.figures)
    assert row == cast.employer
    assert (figures["Students now"], figures["Planned"], figures["Before"]) == (1, 0, 1)
    assert figures["Checks missing or lapsed"] == 3


def test_employers_are_found_by_the_t_level_of_their_students(cast, three):
    assert found(cast, f"tlevel={cast.student_record.tlevel_id}") == ["Employer", "Employer2"]
    assert len(found(cast, "tlevel=x")) == 5


def test_places_offered_are_counted_and_found(cast, three):
    today, tlevel = date.today(), TLevel.objects.get(title="Finance")
    days = {"first_on": today + timedelta(days=60), "last_on": today + timedelta(days=160)}
    for employer, places, taken, closes in [
        (cast.employer, 3, 1, 5),
        (cast.employer, 2, 0, 0),
        (cast.employer, 5, 0, -1),
        (cast.employer2, 1, 1, 5),
    ]:
        more = days | {"places": places, "taken": taken, "closes_on": today + timedelta(days=closes)}
        opportunity = Opportunity.objects.create(employer=employer, role="Trainee", description="Work", **more)
        opportunity.tlevels.add(tlevel)
    rows = listed(cast, "sort=-places_offered")
    assert [(row.name, dict(row.figures)["Places offered"]) for row in rows][:2] == [("Employer", 4), ("Abbey Care", 0)]
    assert found(cast, "places=offered") == ["Employer"]
    assert found(cast, "places=none&q=employer") == ["Employer2"]
    assert found(cast, f"tlevel={tlevel.pk}") == ["Employer", "Employer2"]
    Placement.objects.all().delete()
    with pytest.raises(Refused, match=r"Employer belongs to 3 opportunities and is kept for the record\."):
        remove_employer(cast.employer, by=cast.coordinator)


def test_employers_are_found_by_their_checks(cast):
    site, until = cast.employer.sites.get(), date.today() + timedelta(days=20)
    needed = [("insurance", None), ("safeguarding", None), ("site-safety", site), ("role-risk", site)]
    check_rows(*((cast.employer, slug, where, until) for slug, where in needed), by=cast.tutor, on=date.today())
    assert found(cast, "checks=good") == ["Employer"]
    assert found(cast, "checks=open") == ["Employer2"]
    assert found(cast, "checks=30") == ["Employer"]
    assert found(cast, "checks=7") == []


def test_the_list_is_downloaded(cast, three):
    response = signed_in(cast.coordinator).get("/employers/?sector=Digital&download=csv")
    [header, line] = b"".join(response.streaming_content).decode().splitlines()
    assert header.startswith(
        "\ufeffEmployer,Employer number,Sector,Size,Address,Town,Postcode,Phone number,Students now"
    )
    assert line.startswith("Brook Software,999999999,Digital,Fewer than 10 people,,York,,,0,0,0,0")
    book = signed_in(cast.tutor).get("/employers/?download=xlsx")
    assert book["Content-Disposition"].endswith('.xlsx"')
    book.close()


def test_the_list_takes_seven_queries(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for more in (1, 2):
        EmployerFactory.create_batch(more, provider=cast.provider)
        with django_assert_num_queries(7):
            client.get("/employers/?checks=open&sort=-checks_open")


def test_the_page_of_an_employer_takes_eight_queries(cast, django_assert_num_queries):
    client = signed_in(cast.coordinator)
    for more in (1, 2):
        SiteFactory.create_batch(more, employer=cast.employer)
        LineManagerFactory.create_batch(more, employer=cast.employer)
        with django_assert_num_queries(8):
            client.get(f"/employers/{cast.employer.pk}/")


def test_the_tab_of_the_placements_takes_five_queries(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for more, all_of_them in ((1, 2), (2, 4)):
        students = many_students(more, provider=cast.provider, tutor=cast.tutor)
        many_placements(students, employer=cast.employer, manager=cast.manager)
        with django_assert_num_queries(5):
            page = client.get(f"/employers/{cast.employer.pk}/parts/placements/")
        assert len(page.context["page"]) == all_of_them


def test_tutors_see_their_own_students_placements_only(cast):
    path = f"/employers/{cast.employer.pk}/parts/placements/"
    assert "None of your students is placed here" in signed_in(cast.tutor2).get(path).text
    Placement.objects.all().delete()
    assert "Nobody has been placed here yet" in signed_in(cast.coordinator).get(path).text


def test_a_part_that_no_room_brings_is_not_found(cast):
    assert signed_in(cast.tutor).get(f"/employers/{cast.employer.pk}/parts/nonsense/").status_code == 404


# --- The employer ---


def test_an_employer_is_added_by_a_tutor(cast):
    response = signed_in(cast.tutor).post("/employers/add/", HARTLEY)
    employer = Employer.objects.get(name="Hartley Building Services")
    assert response.url == f"/employers/{employer.pk}/"
    assert (employer.provider, employer.postcode, employer.ern) == (cast.provider, "LS1 2AB", "123456789")
    assert Event.objects.about(employer).get().says == "added it"


def form_of(provider=None, **facts) -> EmployerForm:
    return EmployerForm(HARTLEY | facts, instance=Employer(provider=provider))


@pytest.mark.parametrize(("written", "kept"), [("123 456 789", "123456789"), ("", "999999999")])
def test_an_employer_number_may_be_copied_with_spaces_or_left_open(written, kept):
    form = form_of(ern=written)
    assert form.is_valid()
    assert form.instance.ern == kept


def test_who_has_no_number_is_not_asked_about_others_without_one(cast):
    assert cast.employer.ern == "999999999"
    assert form_of(cast.provider, ern="999 999 999").is_valid()


def test_only_the_name_has_to_be_known():
    assert EmployerForm({"name": "Hartley"}, instance=Employer()).is_valid()


def test_what_is_wrong_is_refused_next_to_the_field_and_kept(cast):
    wrong = {"name": "New Ltd", "ern": "123456788", "postcode": "NOPE"}
    response = signed_in(cast.tutor).post("/employers/add/", wrong)
    page = response.content.decode()
    assert "not a valid employer number" in response.context["form"].errors["ern"][0]
    assert "This is not a postcode. Write it like LS1 4AB." in page
    assert 'value="123456788"' in page
    assert 'value="NOPE"' in page


def test_an_employer_number_has_nine_digits():
    for ern in ("12345678", "abcdefghi"):
        assert "not a valid employer number" in form_of(ern=ern).errors["ern"][0]


def test_a_number_that_another_employer_has_is_asked_about(cast):
    """The same organisation may be kept under another name; branches may share a number."""
    Employer.objects.filter(pk__in=[cast.employer2.pk, cast.other_employer.pk]).update(ern="123456789")
    asks = "Employer2 has this number already. If it is the same employer, go on with that one; else say below that "
    response = signed_in(cast.tutor).post("/employers/add/", HARTLEY)
    assert response.context["form"].errors == {"ern": [f"{asks}both have it."]}
    assert "Yes, both employers have this number" in response.text
    form = form_of(cast.provider, ern_is_shared="on")
    assert form.is_valid()
    kept = form.save()
    assert "ern_is_shared" not in EmployerForm(instance=kept).fields
    assert EmployerForm(HARTLEY | {"town": "York"}, instance=kept).is_valid()  # it is no news any more


def test_the_same_name_is_not_kept_twice_but_may_be_kept_elsewhere(cast):
    said = ["You keep an employer of this name already. Search for it in the list."]
    assert form_of(cast.provider, name=" employer2 ").errors == {"name": said}
    assert form_of(cast.provider, name="other Employer").is_valid()


def test_a_change_stands_in_the_history(cast):
    path = f"/employers/{cast.employer.pk}/edit/"
    signed_in(cast.tutor).post(path, HARTLEY | {"name": "Employer", "ern": ""})
    says = Event.objects.about(cast.employer)[0].says
    assert "changed sector from empty to Construction; size from empty to 10 to 49 people" in says


def seen_on(form) -> str:
    """What a page with this form had shown."""
    return form["seen"].value()


def test_of_two_tabs_the_second_is_told_what_the_first_has_changed(cast):
    path, client = f"/employers/{cast.employer.pk}/edit/", signed_in(cast.tutor)
    data = HARTLEY | {"name": "Employer", "ern": "", "seen": seen_on(EmployerForm(instance=cast.employer))}
    Employer.objects.filter(pk=cast.employer.pk).update(town="York", size="large", sector="Construction")
    response = client.post(path, data)
    assert dict(response.context["form"].errors) == {
        "town": ["Somebody changed this to “York” meanwhile. Put in what is right, and save again."],
        "size": ["Somebody changed this to “250 people or more” meanwhile. Put in what is right, and save again."],
    }
    assert 'value="Leeds"' in response.text
    assert Employer.objects.get(pk=cast.employer.pk).town == "York"
    again = data | {"town": "York", "size": "small", "seen": seen_on(response.context["form"])}
    assert client.post(path, again).status_code == 302
    employer = Employer.objects.get(pk=cast.employer.pk)
    assert (employer.town, employer.size) == ("York", "small")


def test_what_was_stored_between_reading_and_writing_is_not_written_over(cast):
    form = EmployerForm(HARTLEY | {"name": "Employer"}, instance=Employer.objects.get(pk=cast.employer.pk))
    assert form.is_valid()
    Employer.objects.filter(pk=cast.employer.pk).update(town="York")
    with pytest.raises(SomebodyWasQuicker), transaction.atomic():
        form.take_turn()


def test_an_employer_that_hosted_somebody_is_kept(cast):
    response = signed_in(cast.coordinator).post(f"/employers/{cast.employer.pk}/remove/")
    assert told(response) == "Employer has 1 placement and is kept for the record."
    assert Employer.objects.filter(pk=cast.employer.pk).exists()


def test_an_employer_that_was_never_used_is_removed_with_its_line_managers(cast):
    employer = EmployerFactory(provider=cast.provider, name="Mistake Ltd")
    manager = LineManagerFactory(employer=employer).user
    assert remove_employer(employer, by=cast.coordinator) == ""
    assert not Employer.objects.filter(name="Mistake Ltd").exists()
    assert list(manager.memberships.all()) == []


def test_removing_an_employer_says_what_goes_with_it_before_and_afterwards(cast):
    employer = EmployerFactory(provider=cast.provider, name="Mistake Ltd")
    SiteFactory(employer=employer)
    for kind in ("insurance", "safeguarding"):
        record(employer, kind, by=cast.coordinator)
    client = signed_in(cast.coordinator)
    assert "so do its checks with their evidence" in client.get(f"/employers/{employer.pk}/").content.decode()
    response = client.post(f"/employers/{employer.pk}/remove/")
    assert told(response) == "Mistake Ltd has been removed, and with it 1 site and 2 checks."
    said = Event.objects.about(cast.provider)[0].says
    assert said == "removed the employer Mistake Ltd, and with it 1 site and 2 checks"


# --- Sites ---


def test_a_site_is_added_changed_and_removed(cast):
    client = signed_in(cast.tutor)
    client.post(f"/employers/{cast.employer.pk}/sites/add/", {"name": "Depot", "town": "Leeds", "postcode": "LS1  2ab"})
    site = Site.objects.get(name="Depot")
    assert (site.employer, site.postcode) == (cast.employer, "LS1 2AB")
    client.post(f"/sites/{site.pk}/edit/", {"name": "Depot", "town": "York"})
    assert "changed town from Leeds to York" in client.get(f"/employers/{cast.employer.pk}/").text
    assert told(client.post(f"/sites/{site.pk}/remove/")) == "The site Depot has been removed."
    assert "removed the site Depot" in Event.objects.about(cast.employer)[0].says


def test_a_site_in_use_is_kept(cast):
    site = cast.placement.site
    says = f"{site} belongs to 1 placement and is kept for the record."
    assert told(signed_in(cast.tutor).post(f"/sites/{site.pk}/remove/")) == says
    assert Site.objects.filter(pk=site.pk).exists()


def test_of_two_who_edit_a_site_the_second_is_told_what_the_first_has_changed(cast):
    site = SiteFactory(employer=cast.employer, name="Depot", town="Leeds")
    path, client = f"/sites/{site.pk}/edit/", signed_in(cast.tutor)
    data = {
        "name": "Depot",
        "address": "1 Quay",
        "town": "Hull",
        "postcode": "",
        "seen": seen_on(SiteForm(instance=site)),
    }
    Site.objects.filter(pk=site.pk).update(town="York")
    response = client.post(path, data)
    assert dict(response.context["form"].errors) == {
        "town": ["Somebody changed this to “York” meanwhile. Put in what is right, and save again."]
    }
    assert 'value="1 Quay"' in response.text
    assert Site.objects.get(pk=site.pk).town == "York"
    assert client.post(path, data | {"seen": seen_on(response.context["form"])}).status_code == 302
    assert Site.objects.get(pk=site.pk).town == "Hull"


def test_a_site_that_changes_while_it_is_stored_is_not_written_over(cast, monkeypatch):
    site = SiteFactory(employer=cast.employer, name="Depot", town="Leeds")

    def clean_name(form):
        Site.objects.filter(pk=site.pk).update(town="York")
        return form.cleaned_data["name"]

    monkeypatch.setattr(SiteForm, "clean_name", clean_name)
    response = signed_in(cast.tutor).post(f"/sites/{site.pk}/edit/", {"name": "Depot", "town": "Hull"})
    page = response.content.decode()
    assert "Somebody was quicker" in page
    assert "Save again to see what has changed." in page
    assert Site.objects.get(pk=site.pk).town == "York"


def test_a_site_name_is_used_once_within_an_employer(cast):
    form = SiteForm({"name": cast.placement.site.name.upper()}, instance=Site(employer=cast.employer))
    assert form.errors == {"name": ["This employer has a site of this name already."]}


# --- Line managers ---


def add_line_manager(user, employer, **more):
    return signed_in(user).post(f"/employers/{employer.pk}/line-managers/add/", PRIYA | more)


def test_a_new_line_manager_needs_no_password(cast):
    add_line_manager(cast.tutor, cast.employer)
    priya = LineManager.objects.get(user__email="priya@hartley.test")
    assert (priya.user.name, priya.job_title, priya.user.has_usable_password()) == ("Priya Shah", "Site manager", False)
    assert priya.user.memberships.get().role == Role.MANAGER


@pytest.mark.parametrize(
    ("email", "says"),
    [
        (
            "STUDENT@cast.test",
            "This is the address of Student Reed, a student here. A line manager needs one of their own.",
        ),
        (
            "coordinator@cast.test",
            "Coordinator Reed has this address here. Check it, or write the name in the same way.",
        ),
        ("Manager@cast.test", "A line manager of this employer has this address already."),
    ],
)
def test_the_address_of_somebody_else_makes_nobody_a_line_manager(cast, email, says):
    form = LineManagerAddForm(PRIYA | {"email": email}, instance=LineManager(employer=cast.employer))
    assert form.errors == {"email": [says]}


def test_the_address_of_a_line_manager_under_another_name_is_asked_about(cast):
    elsewhere = EmployerFactory(provider=cast.provider)
    response = add_line_manager(cast.tutor, elsewhere, email="manager@cast.test", first_name="A", last_name="B")
    assert response.context["form"].errors["email"] == [
        "Manager Reed has this address and is a line manager here already. Check the address; or, if it is "
        "Manager Reed, write the name like this and send it again."
    ]
    assert 'value="A"' in response.content.decode()
    assert not LineManager.objects.filter(employer=elsewhere).exists()
    named = {"first_name": "manager", "last_name": "reed"}
    response = add_line_manager(cast.tutor, elsewhere, email="manager@cast.test", **named)
    assert response.status_code == 302
    assert LineManager.objects.get(employer=elsewhere).user == cast.manager


def test_a_line_manager_known_elsewhere_is_found_by_address_and_nothing_more_is_said(cast):
    mistyped = add_line_manager(cast.tutor, cast.employer, email="OTHER_MANAGER@cast.test")
    assert "The portal knows this address under another name." in mistyped.text
    assert "Other Manager" not in mistyped.text
    named = {"first_name": "Other Manager", "last_name": "Reed"}
    response = add_line_manager(cast.tutor, cast.employer, email="OTHER_MANAGER@cast.test", **named)
    assert User.objects.filter(last_name="Shah").count() == 0
    assert sorted(cast.other_manager.memberships.values_list("provider__name", flat=True)) == [
        "Northfield College",
        "Other College",
    ]
    page = signed_in(cast.tutor).get(response.url).text
    assert "Other Manager Reed" in page
    assert "Other College" not in page
    assert "other Employer" not in page


def test_a_line_manager_who_never_signed_in_can_be_corrected(cast):
    line_manager = cast.employer.line_managers.get()
    signed_in(cast.tutor).post(f"/line-managers/{line_manager.pk}/edit/", PRIYA)
    line_manager.refresh_from_db()
    assert (line_manager.user.name, line_manager.user.email) == ("Priya Shah", "priya@hartley.test")
    says = " ".join(event.says for event in Event.objects.about(line_manager))
    assert "first name from Manager to Priya" in says
    assert "job title from empty to Site manager" in says


def test_of_two_who_edit_a_line_manager_the_second_is_told_what_the_first_has_changed(cast):
    line_manager = cast.employer.line_managers.get()
    path, client = f"/line-managers/{line_manager.pk}/edit/", signed_in(cast.tutor)
    data = PRIYA | {"phone": "01632 960100", "seen": seen_on(LineManagerEditForm(instance=line_manager))}
    User.objects.filter(pk=cast.manager.pk).update(email="p.shah@hartley.test")
    LineManager.objects.filter(pk=line_manager.pk).update(job_title="Foreman")
    response = client.post(path, data)
    assert dict(response.context["form"].errors) == {
        "email": ["Somebody changed this to “p.shah@hartley.test” meanwhile. Put in what is right, and save again."],
        "job_title": ["Somebody changed this to “Foreman” meanwhile. Put in what is right, and save again."],
    }
    assert 'value="01632 960100"' in response.text
    assert User.objects.get(pk=cast.manager.pk).email == "p.shah@hartley.test"
    again = data | {"job_title": "Foreman", "seen": seen_on(response.context["form"])}
    assert client.post(path, again).status_code == 302
    line_manager = LineManager.objects.get(pk=line_manager.pk)
    assert (line_manager.job_title, line_manager.user.email) == ("Foreman", "priya@hartley.test")
    assert line_manager.user.phone == "01632 960100"


def test_a_line_manager_who_changes_while_being_stored_is_not_written_over(cast, monkeypatch):
    line_manager = cast.employer.line_managers.get()

    def clean_email(form):
        LineManager.objects.filter(pk=line_manager.pk).update(job_title="Foreman")
        return form.cleaned_data["email"]

    monkeypatch.setattr(LineManagerEditForm, "clean_email", clean_email)
    response = signed_in(cast.tutor).post(f"/line-managers/{line_manager.pk}/edit/", PRIYA)
    assert "Somebody was quicker" in response.content.decode()
    line_manager.refresh_from_db()
    assert (line_manager.job_title, line_manager.user.name) == ("Foreman", "Manager Reed")


def test_a_line_manager_who_signed_in_keeps_their_own_name(cast):
    signed_in(cast.manager)
    line_manager = cast.employer.line_managers.get()
    path = f"/line-managers/{line_manager.pk}/edit/"
    page = signed_in(cast.tutor).get(path).content.decode()
    assert "Manager Reed has signed in, so name and phone number are now theirs to change" in page
    signed_in(cast.tutor).post(path, PRIYA)
    line_manager.refresh_from_db()
    assert (line_manager.user.name, line_manager.job_title) == ("Manager Reed", "Site manager")


def test_a_line_manager_of_another_provider_too_keeps_name_and_address(cast):
    MembershipFactory(user=cast.manager, provider=cast.other_provider, role=Role.MANAGER)
    line_manager = cast.employer.line_managers.get()
    signed_in(cast.tutor).post(f"/line-managers/{line_manager.pk}/edit/", PRIYA)
    cast.manager.refresh_from_db()
    assert (cast.manager.name, cast.manager.email) == ("Manager Reed", "manager@cast.test")


def test_a_line_manager_in_use_is_kept(cast):
    says = r"Manager Reed is named on 1 placement\. Name another line manager there first\."
    with pytest.raises(Refused, match=says):
        remove_line_manager(cast.employer.line_managers.get(), by=cast.tutor)


def test_with_the_last_employer_the_role_ends(cast):
    person = LineManagerFactory(employer=cast.employer).user
    LineManagerFactory(employer=cast.employer2, user=person)
    remove_line_manager(cast.employer.line_managers.get(user=person), by=cast.tutor)
    assert person.memberships.count() == 1
    signed_in(cast.tutor).post(f"/line-managers/{cast.employer2.line_managers.get(user=person).pk}/remove/")
    assert person.memberships.count() == 0
    assert "removed" in Event.objects.about(cast.employer)[0].says
