"""Work placements for the ILR (individualised learner record): a LearningDeliveryWorkPlacement per employer placement.

They belong to the aim of the industry placement. Placements that are planned only are none yet, and work tasters none
at all: they come before a student commits to an employer, and nothing is agreed of them (docs/decisions.md).
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar
from xml.etree import ElementTree

from django.db.models import QuerySet

from placements.models import Placement
from portal.identifiers import UNKNOWN_ERN, is_ern
from reviews.returns.lines import Line, Wrong, wrong_with_uln
from reviews.returns.writing import csv_bytes
from students.models import Student

AIM, FUNDING_MODEL, PROGRAMME_TYPE = "ZWRKX003", "25", "31"
EXTERNAL = "2"  # the only mode of an industry placement: not with the provider itself
FEWEST, MOST = 1, 9999  # planned hours, whole
FIELDS = ("WorkPlaceStartDate", "WorkPlaceEndDate", "WorkPlaceHours", "WorkPlaceMode", "WorkPlaceEmpId")
HEADER = ("ULN", "LearnAimRef", "FundModel", "ProgType", *FIELDS)

ORDER = ("student__user__last_name", "student__user__first_name", "student", "first_on", "pk")

NO_PATTERN = Wrong("No days and times are agreed, so there are no planned hours.", "Agree them", "pattern_edit", "pk")
HOURS = Wrong("The planned hours must be 1 to 9999.", "See days and times", "pattern_edit", "pk")
NOT_AN_ERN = Wrong("The employer number (ERN) is not valid.", "Correct it", "employer_edit", "employer")
UNKNOWN = Wrong("The employer number is not known; 999999999 is sent.", "Enter it", "employer_edit", "employer")


@dataclass(frozen=True, kw_only=True)
class WorkPlacement(Line):
    """One placement (`pk`) with one employer. `last_on` is None while it goes on: the end is not required."""

    columns: ClassVar = ("ULN", "Start", "End", "Planned hours", "Mode", "Employer number")

    pk: int
    employer: int
    uln: str
    first_on: date
    last_on: date | None
    hours: int
    ern: str

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in FIELDS, '' for what is left out."""
        ends = self.last_on.isoformat() if self.last_on else ""
        return self.first_on.isoformat(), ends, str(self.hours), EXTERNAL, self.ern

    @property
    def cells(self) -> tuple[str, ...]:
        return self.uln, *self.values


def lines_of(students: QuerySet[Student]) -> list[WorkPlacement]:
    """The placements of these students that have started, by name and first day. Two queries."""
    begun = Placement.objects.without_tasters().exclude(status=Placement.Status.PLANNED)
    rows = begun.filter(student__in=students).select_related("student", "employer").prefetch_related("pattern_days")
    return [line_of(row) for row in rows.order_by(*ORDER)]


def line_of(placement: Placement) -> WorkPlacement:
    """Planned hours are those agreed from the first to the last day, bank holidays left out, in whole hours."""
    minutes = placement.agreed_minutes(placement.first_on, placement.last_on)
    uln, ern = placement.student.uln, placement.employer.ern
    return WorkPlacement(
        student=placement.student_id,
        pk=placement.pk,
        employer=placement.employer_id,
        uln=uln,
        first_on=placement.first_on,
        last_on=placement.last_on if placement.status == Placement.Status.ENDED else None,
        hours=minutes // 60,
        ern=ern,
        wrong=(*wrong_with_uln(uln), *wrong_with_hours(placement, minutes), *([] if is_ern(ern) else [NOT_AN_ERN])),
        notes=(UNKNOWN,) if ern == UNKNOWN_ERN else (),
    )


def wrong_with_hours(placement: Placement, minutes: int) -> list[Wrong]:
    if not placement.pattern:
        return [NO_PATTERN]
    return [] if FEWEST <= minutes // 60 <= MOST else [HOURS]


def files_of(lines: list[WorkPlacement]) -> list[tuple[str, int, bytes]]:
    """(ending, placements, content): the same as a table, and as elements to put into an ILR file."""
    rows = [(line.uln, AIM, FUNDING_MODEL, PROGRAMME_TYPE, *line.values) for line in lines]
    return [("csv", len(lines), csv_bytes(HEADER, rows)), ("xml", len(lines), xml_bytes(lines))]


def xml_bytes(lines: list[WorkPlacement]) -> bytes:
    """A Learner per ULN with the aim and its work placements, in the order of the ILR's fields; nothing else of it."""
    root = ElementTree.Element("Learners")
    for uln, placements in groupby(lines, key=lambda line: line.uln):
        learner = added(root, "Learner", ULN=uln)
        aim = added(learner, "LearningDelivery", LearnAimRef=AIM, FundModel=FUNDING_MODEL, ProgType=PROGRAMME_TYPE)
        for line in placements:
            added(aim, "LearningDeliveryWorkPlacement", **dict(zip(FIELDS, line.values, strict=True)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def added(parent: ElementTree.Element, name: str, **texts: str) -> ElementTree.Element:
    """A new element below `parent`, with an element for each text that is not empty."""
    element = ElementTree.SubElement(parent, name)
    for field, text in texts.items():
        if text:
            ElementTree.SubElement(element, field).text = text
    return element
