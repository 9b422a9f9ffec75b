"""Whose name and telephone number stand on a page, for somebody who belongs to two colleges."""

import re
import uuid

import pytest

from placements.approvals.models import DecisionLink
from placements.logbook import writing
from portal.people.models import Role
from tests.conftest import make_cast, signed_in
from tests.factories import LineManagerFactory, MembershipFactory
from tests.house.test_access import PAGES, ROWS, path_of, undone
from tests.pages import text_of
from tests.placements.approvals.scenes import waiting
from tests.placements.logbooks import DAY

pytestmark = pytest.mark.django_db

HERE = "01632 960111"
THERE = "01632 960222"


@pytest.fixture
def cast():
    """The cast; each college has a telephone number of its own."""
    cast = make_cast()
    for provider, phone in ((cast.provider, HERE), (cast.other_provider, THERE)):
        provider.safeguarding_phone = phone
        provider.save()
    return cast


def of_two_colleges(cast):
    """The other college's manager, who manages `placement` here as well, and works at the desk there."""
    LineManagerFactory(employer=cast.employer, user=cast.other_manager)
    cast.placement.manager = cast.other_manager
    cast.placement.save()
    cast.manager = cast.other_manager  # for the things of the access table


def header_of(response) -> str:
    return re.search(r"<small>(.*?)</small>", text_of(response)).group(1)


def numbers_of(response) -> list[str]:
    return re.findall(r"tel:(\d+ \d+)", text_of(response).partition('<footer class="foot">')[2])


# Pages at an address with something in it that are about no record of a placement.
OF_NO_RECORD = {"logbook_list", "welcome", "certificate_check", "certificate_verify"}


def test_a_page_of_a_record_names_the_college_of_the_record(cast, subtests):
    of_two_colleges(cast)
    client = signed_in(cast.manager)
    mine = [name for name, who in PAGES if who == "manager" and ROWS[name][0] and name not in OF_NO_RECORD]
    for name in [name for name in mine if not name.endswith(("_pdf", "_print"))]:
        with subtests.test(name), undone():
            response = client.get(path_of(name, cast))
            is_page = response["Content-Type"].startswith("text/html")
            if is_page and '<footer class="foot">' in text_of(response):
                assert (header_of(response), numbers_of(response)) == ("Northfield College", [HERE])


def test_the_pages_of_a_manager_s_whole_desk_name_both(cast, subtests):
    of_two_colleges(cast)
    client = signed_in(cast.manager)
    for address in ("/approvals/", "/approvals/decided/", "/my-students/", "/logbook/"):
        with subtests.test(address):
            response = client.get(address)
            assert header_of(response) == "Northfield College and Other College"
            assert numbers_of(response) == [HERE, THERE]
            assert "Switch to" not in text_of(response), "one desk holds the students of both"


def test_a_coordinator_of_two_colleges_reads_the_one_of_the_record_else_of_the_desk(cast):
    MembershipFactory(user=cast.coordinator, provider=cast.other_provider, role=Role.COORDINATOR)
    client = signed_in(cast.coordinator)
    assert numbers_of(client.get("/employers/")) == [HERE]
    assert numbers_of(client.get(f"/placements/{cast.other_placement.pk}/")) == [THERE]
    assert numbers_of(client.get(f"/employers/{cast.other_employer.pk}/")) == [THERE]
    assert header_of(client.get(f"/placements/{cast.placement.pk}/")) == "Northfield College"


def test_behind_a_link_for_weeks_of_two_colleges_both_are_named_and_a_week_stands_under_its_own(cast, client):
    of_two_colleges(cast)
    both = DecisionLink.objects.create(manager=cast.manager).path()
    response = client.get(both)
    assert header_of(response) == "Northfield College and Other College"
    assert numbers_of(response) == [HERE, THERE]
    one = DecisionLink.objects.create(manager=cast.manager, placement=cast.placement)
    assert numbers_of(client.get(one.path())) == [HERE]
    waiting(cast.placement)
    page = text_of(client.get(both))
    assert "<h2>Northfield College</h2>" in page, "also where it is the only week"
    assert "<h2>Other College</h2>" not in page


def test_a_manager_reads_the_logbooks_of_both_colleges(cast):
    of_two_colleges(cast)
    for placement in (cast.placement, cast.other_placement):
        entry = writing.begin(placement, key=uuid.uuid4(), day=DAY)
        said = {"did": f"At {placement.provider.name}", "learned": "To ask first", "day": DAY}
        writing.write(entry, said, by=placement.student.user, seen=entry.version)
        writing.publish(entry, by=placement.student.user)
    page = text_of(signed_in(cast.manager).get("/logbook/"))
    assert "At Northfield College" in page
    assert "At Other College" in page
