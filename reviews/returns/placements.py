"""Work placements for the ILR (individualised learner record): a LearningDeliveryWorkPlacement per employer placement.

They belong to the aim of the industry placement. Placements that are planned only are none yet, and work tasters none
at all: they come before a student commits to an employer, and nothing is agreed of them (docs/decisions.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar, NamedTuple
from xml.etree import ElementTree

from django.db.models import QuerySet

from placements.bank_holidays import bank_holidays
from placements.hours.courses import AgreedDay
from placements.models import Placement
from placements.pattern import Pattern
from portal.identifiers import UNKNOWN_ERN, is_ern
from portal.times_of_day import minutes_between
from portal.words import long_date
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
    def about(self) -> str:
        return f"Placement from {long_date(self.first_on)}"

    @property
    def cells(self) -> tuple[str, ...]:
        return self.uln, *self.values


class Begun(NamedTuple):
    """What the portal knows of a placement that has started."""

    student: int
    uln: str
    pk: int
    first_on: date
    last_on: date
    status: str
    employer: int
    ern: str


FACTS = ("student", "student__uln", "pk", "first_on", "last_on", "status", "employer", "employer__ern")
AGREED = tuple(f"pattern_days__{field}" for field in ("valid_from", "weekday", "starts", "finishes", "break_minutes"))


def lines_of(students: QuerySet[Student]) -> list[WorkPlacement]:
    """The placements of these students that have started, by name and first day. One query."""
    begun = Placement.objects.without_tasters().exclude(status=Placement.Status.PLANNED).filter(student__in=students)
    rows = begun.order_by(*ORDER, *AGREED[:2]).values_list(*FACTS, *AGREED)
    days = groupby(rows, key=lambda row: row[: len(FACTS)])  # a row for each day of the pattern
    return [line_of(Begun(*facts), pattern_of(row[len(FACTS) :] for row in same)) for facts, same in days]


def pattern_of(days: Iterable[tuple]) -> Pattern:
    """The pattern of days as AGREED has them: one without anything where none is agreed."""
    return Pattern(
        AgreedDay(valid_from, weekday, minutes_between(starts, finishes) - pause)
        for valid_from, weekday, starts, finishes, pause in days
        if valid_from
    )


def line_of(begun: Begun, pattern: Pattern) -> WorkPlacement:
    """Planned hours are those agreed from the first to the last day, bank holidays left out, in whole hours."""
    first, last = begun.first_on, begun.last_on
    minutes = pattern.minutes_between(first, last, bank_holidays(first, last))
    return WorkPlacement(
        student=begun.student,
        pk=begun.pk,
        employer=begun.employer,
        uln=begun.uln,
        first_on=first,
        last_on=last if begun.status == Placement.Status.ENDED else None,
        hours=minutes // 60,
        ern=begun.ern,
        wrong=(
            *wrong_with_uln(begun.uln),
            *wrong_with_hours(pattern, minutes),
            *([] if is_ern(begun.ern) else [NOT_AN_ERN]),
        ),
        notes=(UNKNOWN,) if begun.ern == UNKNOWN_ERN else (),
    )


def wrong_with_hours(pattern: Pattern, minutes: int) -> list[Wrong]:
    if not pattern:
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
