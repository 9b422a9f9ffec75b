"""A row of a file on its way through an import."""

from datetime import date

from portal.imports.cells import Unfit
from portal.imports.columns import Column


class State:
    NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"


class Row:
    """What a row says (`row["born_on"]`, None where it says nothing), and what would come of it."""

    def __init__(self, number: int, cells: list[str], columns: list[Column | None], titles: dict[str, str]):
        self.number = number  # as a spreadsheet shows it: the header is 1
        self.cells = cells
        self.title = ""
        self.titles = titles  # of all columns, by name
        self.filled = set()  # names of the columns with a filled cell, readable or not
        self.values = {}
        self.problems = []  # [column title, reason]
        self.lacks = []  # those of them that are gone once the portal has it: (column title, reason, where from)
        self.adds = []  # 'employer Hartley Ltd'
        self.changes = []  # [what, from, to]
        self.notes = []
        self.details = {}  # what the preview shows, once the row is planned
        self._read(columns)

    def _read(self, columns):
        if any(self.cells[len(columns) :]):
            self.problems.append(
                ["", "The row has more cells than the header. A cell with the separator in it needs quotation marks."]
            )
        for column, cell in zip(columns, self.cells + [""] * len(columns), strict=False):
            if column is None:
                continue
            try:
                if cell:
                    self.filled.add(column.name)
                    self.values[column.name] = column.read(cell)
                elif column.required:
                    raise Unfit("This is missing.")
            except Unfit as unfit:
                self.wrong(column.name, str(unfit))

    def __getitem__(self, name: str):
        return self.values.get(name)

    def has(self, name: str) -> bool:
        """Whether the row says something readable under column `name`."""
        return name in self.values

    def wrong(self, name: str, reason: str):
        """Note that the cell under column `name` will not do."""
        self.problems.append([self.titles[name], reason])

    def lacking(self, name: str, reason: str, kind: str):
        """Note that the portal does not have what the cell under column `name` names, and where that comes from.

        `kind` is the kind of an import, or `lacking.PEOPLE`.
        """
        self.wrong(name, reason)
        self.lacks.append((self.titles[name], reason, kind))

    @property
    def state(self) -> str:
        if self.problems:
            return State.WRONG
        return State.NEW if self.adds else State.CHANGED if self.changes else State.UNCHANGED

    def details_with(self, facts: list[str]) -> dict:
        """What the preview keeps and shows, ready for JSON; `facts` tell what was understood of a new thing."""
        if self.problems:
            return {"problems": self.problems}
        return {"adds": self.adds, "facts": facts if self.adds else [], "changes": self.changes, "notes": self.notes}


def as_words(title: str, value) -> str:
    """A value as the portal has understood it; of a yes or no also what it is about."""
    if isinstance(value, bool):
        return f"{title}: {'yes' if value else 'no'}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return str(getattr(value, "label", value))


def reasons(details: dict) -> str:
    """Why a row is wrong, in one line."""
    return " ".join(f"{column}: {reason}" if column else reason for column, reason in details["problems"])
