"""Two placements of a student at one employer: each has a name of its own wherever they stand beside each other."""

from datetime import date

import pytest

from placements.concerns.models import ConcernKind
from placements.models import Placement
from placements.several import told_apart
from placements.timesheets.models import Absence
from placements.today.way import way_of
from portal.history.models import record
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
Kind, Status = Placement.Kind, Placement.Status
TASTER, PLACEMENT = "Employer (work taster)", "Employer (placement)"


@pytest.fixture(autouse=True)
def _on_thursday(time_machine):
    time_machine.move_to("2026-03-12 17:30")


def at_the_same(cast, first_on, last_on, **facts) -> Placement:
    """A work taster at the employer of the cast's placement."""
    facts = {"kind": Kind.TASTER, "manager": cast.manager, "first_on": first_on, "last_on": last_on} | facts
    return PlacementFactory(student=cast.student_record, employer=cast.employer, **facts)


@pytest.fixture
def taster(cast) -> Placement:
    """It goes on while the placement does."""
    return at_the_same(cast, date(2026, 3, 9), date(2026, 3, 13))


def names(*placements) -> list[str]:
    return [placement.where for placement in told_apart(placements)]


def test_what_it_is_tells_them_apart_and_else_their_days(cast, taster):
    harbour = EmployerFactory(provider=cast.provider, name="Harbour")
    elsewhere = PlacementFactory(student=cast.student_record, employer=harbour)
    assert names(cast.placement, elsewhere) == ["Employer", "Harbour"]
    assert names(cast.placement, taster, elsewhere) == [PLACEMENT, TASTER, "Harbour"]
    day = at_the_same(cast, date(2026, 3, 30), date(2026, 3, 30))
    over = at_the_same(cast, date(2026, 4, 27), date(2026, 5, 1))
    later = at_the_same(cast, date(2026, 12, 31), date(2027, 1, 4))
    assert names(cast.placement, taster, day, over, later) == [
        PLACEMENT,
        "Employer (work taster, 9 to 13 March)",
        "Employer (work taster, 30 March)",
        "Employer (work taster, 27 April to 1 May)",
        "Employer (work taster, 31 December to 4 January 2027)",
    ]


# Where one chooses, and by which words each of both is named there.
CHOOSING = {
    "/home/": [
        "At {}</a>", "Today at Employer (work taster)", "{}: <strong>", "Open my week at {}", "My placement at {}",
        "Hand in your week of 2 March at Employer (placement)",
    ],
    "/absences/": [">{}</option>", "Employer (work taster)</div>"],
    "/folder/": ["{}</a>"],
    "/weeks/": ["{}, 0 h"],
    "/logbook/new/": ["Not about Employer (work taster)?", ">Employer (placement)</a>"],
    "/concerns/new/{kind}/": [">{}</option>"],
}  # fmt: skip


def test_pages_where_one_chooses_name_both(cast, taster, subtests):
    Absence.objects.create(placement=taster, day=date(2026, 3, 13), kind="illness", foreseen=True)
    client, worry = signed_in(cast.student), ConcernKind.objects.current().exclude(is_accident=True).first()
    for address, words in CHOOSING.items():
        with subtests.test(address):
            page = text_of(client.get(address.format(kind=worry.pk)))
            for template in words:
                for name in (PLACEMENT, TASTER) if "{}" in template else [""]:
                    assert template.format(name) in page, (template, name)


def test_timeline_and_history_say_which_of_them_is_meant(cast, taster):
    day = at_the_same(cast, date(2026, 3, 30), date(2026, 3, 30), status=Status.PLANNED)
    page = text_of(signed_in(cast.student).get("/timeline/"))
    for says in (
        "Started the work taster at Employer, 9 to 13 March<",
        "Last day of the work taster at Employer, 9 to 13 March, as agreed<",
        "Starts the work taster at Employer, 30 March<",
        "Started at Employer<",
    ):
        assert says in page
    for placement in (cast.placement, day):
        record(placement, "did something", by=cast.tutor)
    page = text_of(signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/"))
    assert "did something (work taster at Employer, 30 March)" in page
    assert "did something (placement at Employer)" in page


def test_a_taster_to_come_is_called_one(cast):
    at_the_same(cast, date(2026, 3, 26), date(2026, 3, 27), status=Status.PLANNED)
    asked = [step.says for step in way_of(cast.student, cast.provider, date(2026, 3, 12)).asked]
    begins = [says for says in asked if says.startswith(("Work taster at", "You start at"))]
    assert begins == ["Work taster at Employer on 26 March"]
