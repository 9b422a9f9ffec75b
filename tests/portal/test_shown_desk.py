"""Two desks in two tabs: a form is stored at the desk that its page was shown for."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from employers.models import Employer
from portal.asks.models import Ask
from portal.imports.models import Import
from portal.people.models import Membership, Role
from tests.conftest import signed_in
from tests.factories import LineManagerFactory, MembershipFactory
from tests.pages import given_back, said, text_of
from tests.portal.importing import csv_file

pytestmark = pytest.mark.django_db
QUIETLY = {"X-Autosave": "1"}


@pytest.fixture
def there(cast):
    """The coordinator's second desk, at the other college."""
    return MembershipFactory(user=cast.coordinator, provider=cast.other_provider, role=Role.COORDINATOR)


@pytest.fixture
def client(cast, there):
    return signed_in(cast.coordinator)


def shown_at(response) -> str:
    """The desk that the page's own form sends along."""
    [desk] = set(re.findall(r'name="shown_at" value="(\d+)"', text_of(response)))
    return desk


def test_what_is_added_in_one_tab_is_not_stored_where_the_other_has_switched_to(cast, client, there):
    desk = shown_at(client.get("/employers/add/"))
    client.post("/desk/", {"desk": there.pk, "shown_at": desk})
    assert "Other College" in text_of(client.get("/employers/"))
    response = client.post("/employers/add/", {"name": "Harbour Works", "shown_at": desk})
    assert response.status_code == 302
    assert Employer.objects.get(name="Harbour Works").provider == cast.provider
    assert said(response)[0] == (
        "That page was opened as coordinator at Northfield College: you are back at that desk."
    )
    assert "<small>Northfield College</small>" in text_of(client.get("/employers/"))


def test_a_page_of_the_other_desk_is_stored_there(cast, client, there):
    client.post("/desk/", {"desk": there.pk})
    desk = shown_at(client.get("/people/add/"))
    assert desk == str(there.pk)
    client.post("/desk/", {"desk": cast.coordinator.desks[0].pk, "shown_at": desk})
    person = {"first_name": "Ada", "last_name": "Bell", "email": "ada@college.test", "role": "tutor", "shown_at": desk}
    client.post("/people/add/", person)
    assert Membership.objects.get(user__email="ada@college.test").provider == cast.other_provider


def test_a_list_is_uploaded_to_the_college_of_its_page(cast, client, there):
    page = client.get("/imports/new/students/")
    client.post("/desk/", {"desk": there.pk})
    header = ["ULN", "First name", "Last name", "E-mail", "Date of birth", "T Level", "Year of entry"]
    file = SimpleUploadedFile("students.csv", csv_file(header, ["12"]), "text/csv")
    assert client.post("/imports/new/students/", {"file": file, "shown_at": shown_at(page)}).status_code == 302
    assert Import.objects.get().provider == cast.provider


def test_a_desk_that_is_not_theirs_any_more_stores_nothing_anywhere(cast, client, there):
    Membership.objects.filter(pk=there.pk).delete()
    response = client.post("/employers/add/", {"name": "Harbour Works", "press": "1", "shown_at": there.pk})
    assert response.status_code == 409
    assert "That page was opened at a desk that is not yours any more. Nothing was stored." in text_of(response)
    assert "arrived" not in response.cookies, "the browser offers the words again"
    assert given_back(response) == ["Harbour Works"]
    assert not Employer.objects.filter(name="Harbour Works").exists()
    assert client.post("/accounts/logout/", {"shown_at": there.pk}).status_code == 302


def test_a_page_that_saves_itself_hears_that_its_desk_is_gone(cast, client, there):
    Membership.objects.filter(pk=there.pk).delete()
    response = client.post("/employers/add/", {"name": "Harbour Works", "shown_at": there.pk}, headers=QUIETLY)
    says = "That page was opened at a desk that is not yours any more. Nothing was stored."
    assert (response.status_code, response.json()) == (409, {"says": says})


def test_a_page_that_saves_itself_is_stored_at_its_desk_and_moves_nobody(cast, client, there):
    here = cast.coordinator.desks[0].pk
    client.post("/desk/", {"desk": there.pk})
    client.post("/employers/add/", {"name": "Harbour Works", "shown_at": here}, headers=QUIETLY)
    assert Employer.objects.get(name="Harbour Works").provider == cast.provider
    page = text_of(client.get("/employers/"))
    assert "<small>Other College</small>" in page
    assert "you are back at that desk" not in page


def test_somebody_else_s_desk_is_of_no_use(cast, client):
    desk = cast.other_coordinator.memberships.get()
    MembershipFactory(user=cast.tutor, provider=cast.provider, role=Role.COORDINATOR)
    response = signed_in(cast.tutor).post("/employers/add/", {"name": "Harbour Works", "shown_at": desk.pk})
    assert (response.status_code, Employer.objects.filter(name="Harbour Works").exists()) == (409, False)


def test_whoever_has_one_desk_sends_nothing_more(cast):
    assert "shown_at" not in text_of(signed_in(cast.coordinator).get("/employers/add/"))


def test_a_link_s_page_belongs_to_no_desk(cast):
    LineManagerFactory(employer=cast.other_employer, user=cast.manager)
    ask = Ask.objects.create(
        kind="goals", provider=cast.provider, to=cast.manager, name="Manager Reed",
        about="placements.placement", about_id=cast.placement.pk,
    )  # fmt: skip
    page = text_of(signed_in(cast.manager).get(ask.path()))
    assert ("csrfmiddlewaretoken" in page, "shown_at" in page.partition("<main")[2]) == (True, False)
