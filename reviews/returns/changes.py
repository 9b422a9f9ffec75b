"""What is different by now from what a file for the results service says: the reason to send another one.

The file itself is what was sent, so it is read again; a student is known by the ULN, as to the service.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.words import full_stop
from reviews.returns.lines import clean
from reviews.returns.models import Return
from reviews.returns.results import Result, lines_of
from reviews.returns.writing import csv_rows
from students.models import Student

NOT_SENT = "Was not in the file."
NOBODY = "Nobody has this ULN any more."
NOT_CHOSEN = "Not among these students any more."


@dataclass(frozen=True)
class Change:
    """One ULN of which a new file would say something else: what was `sent` (cells without it, or None), and its `line`
    now, which may have something wrong, or None.
    """

    uln: str
    sent: tuple[str, ...] | None
    line: Result | None

    @property
    def was(self) -> str:
        return in_words(self.sent, self.is_other_core_code) if self.sent else NOT_SENT

    @property
    def is_other_core_code(self) -> bool:
        return bool(self.sent and self.line and self.sent[0] != self.line.core_code)

    def now(self, student: Student | None) -> str:
        """What a new file would say, or why it would say nothing. `student` is whoever has the ULN now."""
        if self.line is None:
            return NOT_CHOSEN if student else NOBODY
        if self.line.wrong:
            return f"Left out: {' '.join(wrong.says for wrong in self.line.wrong)}"
        return in_words(self.line.cells[1:], self.is_other_core_code)


def in_words(cells: tuple[str, ...], with_core_code: bool) -> str:
    """'Placement completed with special consideration, 175 hours, ML,B.'"""
    core_code, status, hours, reasons = cells
    parts = [status, f"{hours} hours" if hours else "", reasons, f"core code {core_code}" if with_core_code else ""]
    return full_stop(", ".join(part for part in parts if part))


def changes_since(made: Return, students: QuerySet[Student]) -> list[Change]:
    """The changes since `made`, in the order of names; then the ULNs that are gone. Two queries.

    `students` are those of its provider whom the reader may see.
    """
    files = made.files.values_list("file__content", flat=True)
    sent = {uln: tuple(cells) for content in files for uln, *cells in csv_rows(bytes(content))}
    lines = lines_of(made.choice.of(students))
    good = {line.uln for line in clean(lines)}
    found = [
        Change(line.uln, sent.get(line.uln), line)
        for line in lines
        if (sent.get(line.uln) != line.cells[1:] if line.uln in good else line.uln in sent)
    ]
    gone = sent.keys() - {line.uln for line in lines}
    return [*found, *(Change(uln, cells, None) for uln, cells in sent.items() if uln in gone)]
