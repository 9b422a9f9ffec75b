"""The checks of all employers: what has lapsed, what will, what is missing; searched, sorted, paged, downloaded."""

from datetime import date
from io import BytesIO

import pytest
from django.http import QueryDict
from django.utils import timezone
from openpyxl import load_workbook

from employers.checks.filters import CheckFilter
from employers.checks.models import Check, CheckKind
from employers.checks.views.listing import in_order
from placements.models import Placement
from reviews.cohort.figures import around
from tests.checked import check_rows
from tests.conftest import signed_in
from tests.employers.access_checks import kind_of
from tests.factories import EmployerFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2026-03-10 12:00", tick=False)


@pytest.fixture
def checked(cast):
    """Four checks of the first employer, one of the second; the college next door has one, too."""
    site = cast.employer.sites.get()
    check_rows(
        (cast.employer, "insurance", None, date(2026, 3, 9)),
        (cast.employer, "safeguarding", None, date(2026, 3, 17)),
        (cast.employer, "site-safety", site, date(2026, 4, 9)),
        (cast.employer, "role-risk", site, date(2026, 5, 9)),
        (cast.employer2, "insurance", None, date(2027, 1, 1)),
        (cast.other_employer, "insurance", None, date(2026, 3, 9)),
        by=cast.coordinator,
    )


def found(response):
    return [f"{row.employer}: {row.wording.split()[0]}" for row in response.context["page"]]


ALL = [
    "Employer: Employers’",
    "Employer: Safeguarding",
    "Employer: Health",
    "Employer: Risk",
    "Employer2: Employers’",
]
FOUND = {
    "state=lapsed": ["Employer: Employers’"],
    "state=7": ["Employer: Safeguarding"],
    "state=30": ["Employer: Safeguarding", "Employer: Health"],
    "state=60": ["Employer: Safeguarding", "Employer: Health", "Employer: Risk"],
    "state=good": ["Employer2: Employers’"],
    "q=employer2": ["Employer2: Employers’"],
    "sort=-until&state=30": ["Employer: Health", "Employer: Safeguarding"],
    "sort=check&state=30": ["Employer: Health", "Employer: Safeguarding"],
    "sort=-employer&q=employer2": ["Employer2: Employers’"],
}


def listed(user, asked: str) -> list[str]:
    """What the list holds for this person who asks for that."""
    current = Check.objects.current().filter(kind__provider=user.desks[0].provider_id, kind__is_used=True)
    chosen = CheckFilter(QueryDict(asked), current, desk=user.desks[0])
    rows = in_order(chosen.of_employers(chosen.qs).select_related("employer"), chosen.data.get("sort", ""))
    return [f"{row.employer}: {row.wording.split()[0]}" for row in rows]


def test_checks_are_found(cast, checked):
    assert {asked: listed(cast.coordinator, asked) for asked in FOUND} == FOUND
    client = signed_in(cast.coordinator)
    assert found(client.get("/checks/?sort=-until&state=30")) == ["Employer: Health", "Employer: Safeguarding"]
    assert found(client.get("/checks/?state=nonsense&kind=x&page=-1&sort=%00")) == ALL


def test_one_kind_is_found(cast, checked):
    kind = kind_of(cast)
    assert listed(cast.coordinator, f"kind={kind.pk}") == ["Employer: Employers’", "Employer2: Employers’"]
    other = CheckKind.objects.filter(provider=cast.other_provider).first()
    assert len(listed(cast.coordinator, f"kind={other.pk}")) == 5  # not one of theirs: as if nothing was asked


def test_what_is_missing_is_listed_by_employer_and_site_and_one_kind_of_it_found(cast, checked):
    SiteFactory(employer=cast.employer, name="Depot")
    EmployerFactory(provider=cast.provider, name="Aardvark Ltd")
    client, site2 = signed_in(cast.coordinator), cast.employer2.sites.get()
    page = client.get("/checks/?state=missing")
    assert [(row.employer_name, row.kind_title.split()[0], row.place) for row in page.context["page"]] == [
        ("Aardvark Ltd", "Employers’", ""),
        ("Aardvark Ltd", "Health", ""),
        ("Aardvark Ltd", "Risk", ""),
        ("Aardvark Ltd", "Safeguarding", ""),
        ("Employer", "Health", "Depot"),
        ("Employer", "Risk", "Depot"),
        ("Employer2", "Health", site2.name),
        ("Employer2", "Risk", site2.name),
        ("Employer2", "Safeguarding", ""),
    ]
    assert f'/checks/{kind_of(cast, "site-safety").pk}/add/?site={site2.pk}"' in page.text
    page = client.get(f"/checks/?state=missing&kind={kind_of(cast, 'safeguarding').pk}")
    assert [row.employer_name for row in page.context["page"]] == ["Aardvark Ltd", "Employer2"]


def test_the_figures_count_each_state_and_what_is_missing_stands_elsewhere(cast, checked):
    client = signed_in(cast.coordinator)
    page = client.get("/checks/?q=employer2")
    assert [(words, number) for words, _, number in page.context["figures"]] == [
        ("lapsed", 1),
        ("lapsing within 7 days", 1),
        ("within 30 days", 2),
        ("within 60 days", 3),
        ("missing", 3),
    ]
    assert "What is missing altogether is not in this list or its download." in page.text
    assert 'href="?q=employer2&amp;state=missing"' in page.text
    assert '<option value="" selected>All recorded</option>' in page.text
    assert "is not in this list" not in client.get("/checks/?state=lapsed").text


def test_only_employers_with_students_now_or_soon(cast, checked):
    Placement.objects.filter(pk=cast.placement.pk).update(status=Placement.Status.ENDED)
    assert listed(cast.coordinator, "hosts=on") == ["Employer2: Employers’"]
    missing = signed_in(cast.coordinator).get("/checks/?hosts=on&state=missing").context["page"]
    assert {row.employer_name for row in missing} == {"Employer2"}


def test_a_tutor_finds_the_checks_of_their_students_employers(cast, checked):
    client = signed_in(cast.tutor)
    page = client.get("/checks/?state=30")
    assert found(page) == ["Employer: Safeguarding", "Employer: Health"]
    assert [number for _, _, number in page.context["figures"]] == [1, 1, 2, 3, 0]
    assert "What we check" not in page.content.decode()
    assert found(signed_in(cast.tutor2).get("/checks/")) == ["Employer2: Employers’"]


def test_the_figures_of_the_cohort_lead_to_as_many_checks(cast, checked):
    desk = cast.tutor.desks[0]
    for status, numbers in (("active", [1, 2]), ("ended", [0, 0])):
        Placement.objects.filter(pk=cast.placement.pk).update(status=status)
        figures = around(desk, timezone.now(), date(2026, 3, 10))
        assert [figures.lapsed, figures.lapsing] == numbers
        assert [len(listed(cast.tutor, f"state={state}&hosts=on")) for state in ("lapsed", "30")] == numbers


def test_a_kind_that_is_not_used_any_more_is_not_listed(cast, checked):
    CheckKind.objects.filter(pk=kind_of(cast).pk).update(is_used=False)
    assert "Employer: Employers’" not in found(signed_in(cast.coordinator).get("/checks/"))


def test_the_list_is_downloaded_as_it_is_found(cast, checked):
    client = signed_in(cast.coordinator)
    response = client.get("/checks/?sort=-until&state=30&download=csv")
    assert response["Content-Disposition"] == 'attachment; filename="checks-2026-03-10.csv"'
    site = cast.employer.sites.get()
    assert b"".join(response.streaming_content).decode().splitlines()[1:] == [
        f"Employer,Health and safety check of the site,{site},02/02/2026,Coordinator Reed,09/04/2026,"
        '"Holds until 9 April 2026, 30 more days"',
        "Employer,Safeguarding contact at the employer,,02/02/2026,Coordinator Reed,17/03/2026,"
        '"Holds until 17 March 2026, 7 more days"',
    ]
    missing = b"".join(client.get("/checks/?state=missing&download=csv").streaming_content).decode()
    assert "Employer2,Safeguarding contact at the employer,,,,,Missing" in missing
    book = load_workbook(BytesIO(b"".join(client.get("/checks/?download=xlsx").streaming_content)))
    assert book.active.max_row == 6


def test_an_empty_list_says_so(cast):
    assert "No check is recorded yet" in signed_in(cast.coordinator).get("/checks/").content.decode()
    assert "Nothing matches" in signed_in(cast.coordinator).get("/checks/?q=zzz").content.decode()


def test_the_list_takes_seven_queries(cast, django_assert_max_num_queries):
    client = signed_in(cast.coordinator)
    for more in (1, 2):
        employers = EmployerFactory.create_batch(more, provider=cast.provider)
        check_rows(*((employer, "insurance", None, date(2026, 4, 1)) for employer in employers), by=cast.coordinator)
        for asked in ("?state=missing", "?q=e&hosts=on&state=60"):
            with django_assert_max_num_queries(7):
                client.get(f"/checks/{asked}")
