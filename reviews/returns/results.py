"""The bulk file of 'Manage T Level results': one line per student, with the status of the industry placement.

The service refuses the whole file for one bad line, so each is checked here first (docs/rules.md). The status follows
the sign-off, which is the one definition of a completed placement: what is complete or confirmed, and not signed off,
is still to be completed. All students of a college are read in one query.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from reviews.returns.lines import Line, Wrong, wrong_with_uln
from reviews.returns.writing import csv_bytes
from reviews.signoff.models import Kind, SignOff
from students.models import Student
from students.tlevels.deadline import deadline_of

HEADER = (
    "ULN", "Core code", "Industry placement status", "Industry placement hours", "Reason for special consideration",
)  # fmt: skip
COMPLETED = "Placement completed"
SPECIAL = "Placement completed with special consideration"
STILL = "Placement still to be completed"
NEVER = "Placement will not be completed"
CODES = ("ML", "MF", "B", "D", "T", "A", "U", "W")  # that the service knows
CORE_CODE = re.compile(r"[0-9A-Z]{8}")
FEWEST, MOST = 1, 999  # whole hours
LEARNERS = 1000  # in one file at most: with these cells it stays far below the 2 MB that the service takes

NO_CORE_CODE = Wrong(
    "The T Level has no core code of 8 letters and digits. Ask the operator of the portal.",
    "See the T Levels",
    "tlevel_list",
)
NO_REASON = Wrong("Special consideration without a reason.", "See the sign-off", "signoff_detail", "signoff")
OTHER_REASON = Wrong("The results service does not know this reason.", "See the sign-off", "signoff_detail", "signoff")
HOURS = Wrong("With special consideration the hours must be 1 to 999.", "See the sign-off", "signoff_detail", "signoff")
UNDECIDED = Wrong("31 July has passed, and nothing is decided.", "See what is missing", "completion", "student")


@dataclass(frozen=True, kw_only=True)
class Result(Line):
    """What the service is told of one student. Hours and reasons stand with special consideration only."""

    columns: ClassVar = ("ULN", "Core code", "Status", "Hours", "Reasons")

    uln: str
    core_code: str
    status: str
    hours: int | None = None
    reasons: tuple[str, ...] = ()
    signoff: int | None = None
    consideration: int | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        hours = "" if self.hours is None else str(self.hours)
        return self.uln, self.core_code, self.status, hours, ",".join(self.reasons)


def facts_of(students: QuerySet[Student]) -> QuerySet:
    """What the portal knows of each: the student, and the sign-off that stands, where there is one."""
    stands = FilteredRelation("signoffs", condition=Q(signoffs__status=SignOff.Status.SIGNED_OFF))
    return students.annotate(standing_signoff=stands).values(
        "pk",
        "uln",
        "entry_year",
        "left_on",
        core_code=F("tlevel__core_code"),
        signoff=F("standing_signoff"),
        kind=F("standing_signoff__kind"),
        minutes=F("standing_signoff__minutes"),
        consideration=F("standing_signoff__consideration"),
        reasons=F("standing_signoff__consideration__reasons"),
    )


def lines_of(students: QuerySet[Student]) -> list[Result]:
    """The lines of these students, in their order. One query."""
    today = timezone.localdate()
    return checked([result_of(facts, today) for facts in facts_of(students)])


def result_of(facts: dict, today: date) -> Result:
    """One line from `facts_of`, not checked yet."""
    told = {"student": facts["pk"], "uln": facts["uln"], "core_code": facts["core_code"], "signoff": facts["signoff"]}
    if facts["left_on"]:
        return Result(**told, status=NEVER)
    if facts["signoff"] is None:
        return Result(**told, status=STILL, notes=(UNDECIDED,) if deadline_of(facts["entry_year"]) < today else ())
    if facts["kind"] != Kind.SPECIAL:
        return Result(**told, status=COMPLETED)
    return Result(
        **told,
        status=SPECIAL,
        hours=facts["minutes"] // 60,
        reasons=tuple(dict.fromkeys(reason["code"] for reason in facts["reasons"])),
        consideration=facts["consideration"],
    )


def checked(lines: list[Result]) -> list[Result]:
    """The same lines, each with what is wrong with it."""
    return [Result(**vars(line) | {"wrong": tuple(wrong_with(line))}) for line in lines]


def wrong_with(line: Result) -> list[Wrong]:
    found = wrong_with_uln(line.uln)
    if not CORE_CODE.fullmatch(line.core_code):
        found.append(NO_CORE_CODE)
    if line.status == SPECIAL:
        if not line.reasons:
            found.append(NO_REASON)
        elif not set(line.reasons) <= set(CODES):
            found.append(OTHER_REASON)
        if not FEWEST <= line.hours <= MOST:
            found.append(HOURS)
    return found


def tally(lines: list[Result]) -> list[tuple[str, int]]:
    """(status, how many), in the order in which a placement comes to them; those of which there is none left out."""
    times = Counter(line.status for line in lines)
    return [(status, times[status]) for status in (STILL, COMPLETED, SPECIAL, NEVER) if times[status]]


def files_of(lines: list[Result]) -> list[tuple[str, int, bytes]]:
    """(ending, learners, content) of each file that these lines fill, in their order."""
    parts = [lines[start : start + LEARNERS] for start in range(0, len(lines), LEARNERS)]
    return [("csv", len(part), csv_bytes(HEADER, [line.cells for line in part])) for part in parts]
