"""The kinds of returns: what each holds, and how its lines are shown before they are sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from placements.models import Placement
from reviews.returns import placements, results
from reviews.returns.choosing import FINAL_YEAR, ON_COURSE, Usual
from reviews.returns.lines import Line
from reviews.signoff.completion import with_completion
from reviews.signoff.standing import standing_of


@dataclass(frozen=True)
class Shown:
    """A line with the name of its student, and how it comes about in a sentence, and where to read more."""

    line: Line
    name: str
    says: str
    url: str

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(label, what the file says) of each."""
        return list(zip(self.line.columns, self.line.cells, strict=True))


@dataclass(frozen=True)
class Kind:
    """`lines` makes the lines of students, `files` (ending, number of lines, content) of lines without a fault, and
    `shown` the rows of one page. `stem` begins the names of the files. `tally` counts lines: (what, how many).
    `usual` says whose lines these are where nobody chose, `then` what to do with a file that was made.
    `differs`: the page of a return says what is different by now, which needs lines of one ULN each.
    """

    name: str
    title: str
    stem: str
    about: str
    nobody: str
    then: str
    usual: Usual
    columns: Sequence[str]
    lines: Callable
    files: Callable
    shown: Callable
    tally: Callable = lambda lines: []
    differs: bool = False


def shown_results(lines: list[results.Result]) -> list[Shown]:
    """Each line with how the student stands on the way to the sign-off. One query."""
    students = with_completion().in_bulk([line.student for line in lines])
    found = []
    for line in lines:
        student = students[line.student]
        page = reverse("signoff_detail", args=[line.signoff]) if line.signoff else ""
        page = page or reverse("completion", args=[line.student])
        found.append(Shown(line, student.name, standing_of(student)[1], page))
    return found


def shown_placements(lines: list[placements.WorkPlacement]) -> list[Shown]:
    """Each line with its employer and how the placement stands. One query."""
    rows = Placement.objects.select_related("student__user", "employer").in_bulk([line.pk for line in lines])
    found = []
    for line in lines:
        row = rows[line.pk]
        page = reverse("placement_detail", args=[line.pk])
        found.append(Shown(line, row.student.name, f"{row.employer}. {row.sentence()}", page))
    return found


RESULTS = Kind(
    "results",
    "Results service",
    "results",
    "The status of each student's placement, as a file for ‘Manage T Level results’. Due by 31 July.",
    "Nobody of these students is at your college.",
    "The portal sends nothing itself: download the file, then upload it in ‘Manage T Level results’.",
    FINAL_YEAR,
    results.Result.columns,
    results.lines_of,
    results.files_of,
    shown_results,
    results.tally,
    differs=True,
)
PLACEMENTS = Kind(
    "work-placements",
    "Work placements for the ILR",
    "work-placements",
    "Start, end, planned hours and employer of each placement that has begun, as a table and as XML for your ILR.",
    "None of these students has begun a placement.",
    "The portal sends nothing itself: download the file that your ILR needs, the table (CSV) or the XML.",
    ON_COURSE,
    placements.WorkPlacement.columns,
    placements.lines_of,
    placements.files_of,
    shown_placements,
)
KINDS = {kind.name: kind for kind in (RESULTS, PLACEMENTS)}
