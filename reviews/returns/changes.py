"""What is different by now from what a file for the results service says: the reason to send another one.

The file itself is what was sent, so it is read again. To the service a student is the ULN, and so is a change here; who
had a ULN that nobody has any more, the rows of the return say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.words import full_stop
from reviews.returns.lines import Wrong, without_faults, wrong_with_uln
from reviews.returns.models import Return
from reviews.returns.results import Result, lines_of
from reviews.returns.writing import csv_rows
from students.models import Student

NOT_SENT = "Was not in the file."
NOT_CHOSEN = "Not among these students any more."


@dataclass(frozen=True)
class Change:
    """One ULN of which a new file would say something else: what was `sent` (cells without it, or None), and its `line`
    now, which may have something wrong, or None. `student` is the primary key of whose it is or was, where it is known.
    """

    uln: str
    sent: tuple[str, ...] | None
    line: Result | None
    student: int | None

    @property
    def was(self) -> str:
        return in_words(self.sent, self.is_other_core_code) if self.sent else NOT_SENT

    @property
    def is_other_core_code(self) -> bool:
        return bool(self.sent and self.line and self.sent[0] != self.line.core_code)

    def now(self, student: Student | None) -> str:
        """What a new file would say, or why it would say nothing. `student` is the one of that key."""
        if self.line and self.line.wrong:
            return left_out(self.line.wrong)
        if self.line is None:
            return elsewhere(self.uln, student)
        return in_words(self.line.cells[1:], self.is_other_core_code)


def left_out(wrong: Iterable[Wrong]) -> str:
    return f"Left out: {' '.join(one.says for one in wrong)}"


def elsewhere(uln: str, student: Student | None) -> str:
    """What became of a ULN that no line has."""
    if student is None or student.uln == uln:
        return NOT_CHOSEN
    wrong = wrong_with_uln(student.uln)
    return left_out(wrong) if wrong else f"The ULN is {student.uln} now."


def in_words(cells: tuple[str, ...], with_core_code: bool) -> str:
    """'Placement completed with special consideration, 175 hours, ML,B.'"""
    core_code, status, hours, reasons = cells
    parts = [status, f"{hours} hours" if hours else "", reasons, f"core code {core_code}" if with_core_code else ""]
    return full_stop(", ".join(part for part in parts if part))


def changes_since(made: Return, students: QuerySet[Student]) -> list[Change]:
    """The changes since `made`, in the order of names; then the ULNs that are gone. Two queries, with such ULNs three.

    `students` are those of its provider whom the reader may see.
    """
    files = made.files.values_list("file__content", flat=True)
    sent = {uln: tuple(cells) for content in files for uln, *cells in csv_rows(bytes(content))}
    lines = lines_of(made.choice.of(students))
    good = {line.uln for line in without_faults(lines)}
    found = [
        Change(line.uln, sent.get(line.uln), line, line.student)
        for line in lines
        if (sent.get(line.uln) != line.cells[1:] if line.uln in good else line.uln in sent)
    ]
    now = {line.uln for line in lines}
    gone = [uln for uln in sent if uln not in now]
    had = dict(made.rows.filter(uln__in=gone, wrong="").values_list("uln", "student")) if gone else {}
    return [*found, *(Change(uln, sent[uln], None, had.get(uln)) for uln in gone)]
