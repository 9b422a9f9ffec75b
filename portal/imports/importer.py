"""What every import has in common. An importer declares its columns and says what a row is about.

Apps put theirs into `<app>/imports.py`:

    class StudentImport(Importer):
        kind = "students"
        uln = Column("ULN", read=uln, required=True, help="...", example="1000000019")
        ...
        def look_up(self, rows): ...     fetch in bulk what the rows mention
        def resolve(self, row): ...      does what the row points to exist? row.wrong("uln", "...") where not,
                                         row.lacking("tutor", "...", PEOPLE) where it can be added
        def stage(self, row): ...        self.drafts.stage(...), draft.fill(...): the records that the row makes

An importer touches only records of its provider.
"""

from django.db.models import QuerySet

from portal.batches import SIZE, batches
from portal.history.models import Event
from portal.imports.columns import Column
from portal.imports.drafts import Drafts
from portal.imports.people import People
from portal.imports.reading import Table
from portal.imports.rows import Row, as_words
from portal.imports.signals import rows_written
from portal.people.models import User

IMPORTERS = {}


def nothing(steps: int = 1):
    """For whoever does not want to know how far it is."""


class Importer:
    """Reads and compares one file for one provider. `locked` while applying: what is read is kept from others."""

    kind = ""
    title = ""  # 'Students'
    lead = ""  # what a row is, and how rows are recognised
    after = ""  # what to do next, once applied
    invites = ""  # what inviting the new people does
    order = 0  # in the list of what can be imported
    columns: dict[str, Column] = {}
    named_by = []  # columns that make the title of a row,
    between = " "  # with this between them
    do_not_call_in_templates = True
    writes = []  # models, in the order in which they are written
    silent = []  # those of them that the preview does not mention: they come with another

    def __init_subclass__(cls):
        cls.columns = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        IMPORTERS[cls.kind] = cls

    def __init__(self, provider, *, locked: bool = False):
        self.provider = provider
        self.locked = locked
        self.drafts = Drafts(self.silent)
        self.people = People(self)
        self._seen = {}

    # --- to be said by each importer ---

    def look_up(self, rows: list[Row]):
        """Fetch whatever the rows may speak of, with `self.fetch`."""

    def resolve(self, row: Row):
        """Find what the row points to; says row.wrong(...) where it is unknown. Cells may be missing here."""

    def stage(self, row: Row):
        """Stage the records that the row makes or changes. Called for rows without problems."""

    def title_of(self, row: Row) -> str:
        """How people call what the row is about; where it does not say, its first cells."""
        named = self.between.join(str(row[name]) for name in self.named_by if row.has(name))
        return named or " ".join(cell for cell in row.cells if cell)[:60]

    def facts_of(self, row: Row) -> list[str]:
        """What the preview of a new thing shows of its cells, beside the title."""
        return [as_words(row.titles[name], value) for name, value in row.values.items() if name not in self.named_by]

    def after_saving(self, *, by, source: str):
        """Write what hangs on the records, in the same transaction."""

    # --- for their use ---

    def fetch(self, rows: QuerySet, field: str, values) -> list:
        """The `rows` whose `field` is one of `values`, some hundred to a query."""
        values = sorted({value for value in values if value is not None})
        if self.locked:
            rows = rows.select_for_update(of=("self",))
        return [row for some in batches(values) for row in rows.filter(**{f"{field}__in": some})]

    def only_once(self, row: Row, column: str, key, what: str):
        """A second row about the same thing is wrong."""
        if (first := self._seen.setdefault((column, key), row)) is not row:
            row.wrong(column, f"Row {first.number} is about the same {what}. Keep one of the two.")

    # --- the work ---

    @classmethod
    def mentions_several(cls) -> bool:
        """Whether a row may add more than one thing, so that the preview says which."""
        return len(set(cls.writes) - set(cls.silent)) > 1

    @classmethod
    def read(cls, table: Table, step=nothing) -> list[Row]:
        """The rows of a file, each cell read. Needs no database."""
        examples = [column.example if column else "" for column in table.columns]
        titles = {name: column.title for name, column in cls.columns.items()}
        rows = []
        for number, cells in table.rows:
            row = Row(number, cells, table.columns, titles)
            if cells == examples:
                row.problems = [["", "This is the example of the template. Take the row out."]]
            rows.append(row)
            step(1)
        return rows

    def plan(self, rows: list[Row], step=nothing):
        """Compare the rows with what is stored. Afterwards each knows its state and what would come of it."""
        self.look_up(rows)
        for row in rows:
            self.resolve(row)
            if not row.problems:
                self.stage(row)
            row.title = self.title_of(row)
            row.details = row.details_with(self.facts_of(row))
            step(1)

    def write(self, *, by, source: str, step=nothing):
        """Write what was planned, within the caller's transaction. Raises IntegrityError when records clash."""
        for person in self.drafts.of(User):
            if person.is_new:
                person.thing.set_unusable_password()
        written = {model: self.drafts.save(model, step) for model in self.writes}
        for person in self.drafts.of(User):
            if "email" in person.changed_fields():
                person.thing.save(update_fields=["email"])  # for those who listen: an address also lets people in
        self.after_saving(by=by, source=source)
        Event.objects.bulk_create(self.drafts.history(by=by, source=source), batch_size=SIZE)
        for model, things in written.items():
            if things:
                rows_written.send(sender=model, pks=[thing.pk for thing in things])

    def new_people(self) -> list[int]:
        """Primary keys of the people who are in the portal by this import, once it is written."""
        return [draft.thing.pk for draft in self.drafts.of(User) if draft.is_new]
