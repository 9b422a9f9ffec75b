"""The work on reports for many: some students at a time, one report after the other, nothing kept but the file."""

from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from portal.batches import batches
from portal.history.models import Event, event
from portal.parcels.kinds import packs
from portal.people.models import Role
from portal.words import long_date
from portal.workflow import Refused
from reviews.dashboards.queries import students_of
from reviews.reports.bundles import BUNDLES
from reviews.reports.kinds import Kind, Sheet, head
from reviews.reports.sheets import kinds
from reviews.reports.views.caseload import THE_LIST, list_of
from students.models import Student

AT_ONCE = 20  # students whose rows are read at once
NOBODY = "None of these students is yours to report on any more."
NOTHING = "There is nothing to report on yet: none of these students has what you chose."


@packs("reports", title="Reports")
def pack_reports(parcel, out, progress):
    """`options`: `students` (primary keys, in their order), `kinds` (names) and `way` ('pdf' or 'zip')."""
    wanted = parcel.options["students"]
    pks = allowed(parcel, wanted)
    if not pks:
        raise Refused(NOBODY)
    chosen = [kind for kind in kinds().values() if kind.name in parcel.options["kinds"]]
    progress.steps = len(pks) * max(len(chosen), 1)
    progress(0)
    title = f"Reports of {len(pks)} students" if len(pks) > 1 else f"Reports of {students_in(pks)[0].name}"
    bundle = BUNDLES[parcel.options["way"]](out, title=title, author=parcel.provider.name)
    if THE_LIST in parcel.options["kinds"]:
        bundle.add(list_of(parcel.desk, parcel.by, pks), under="")
    rows, told = [], []
    for student, folder, found in each(pks, chosen, parcel.by):
        for sheets in found.values():
            for sheet in sheets:
                bundle.add(sheet, under=folder)
                progress(0)  # stops here if it was cancelled
            progress()
        there = [sheet.title for sheets in found.values() for sheet in sheets]
        rows.append((student.name, there, [kind.title for kind in chosen if not found[kind.name]]))
        if there:
            told.append(event(student, f"had reports made: {in_brief(chosen, found)}", by=parcel.by))
    if not told and THE_LIST not in parcel.options["kinds"]:
        raise Refused(NOTHING)
    bundle.add(contents(parcel, rows, left_out=len(wanted) - len(pks)), under="")
    bundle.close()
    if parcel.role != Role.STUDENT:
        Event.objects.bulk_create(told)
    return f"{title} - {long_date(timezone.now())}.{bundle.ending}"


def in_brief(chosen, found: dict) -> str:
    """The kinds of which there is something, each once: 'Statement of hours, Timesheets (9)'."""
    counted = [(kind.title, len(found[kind.name])) for kind in chosen if found[kind.name]]
    return ", ".join(title if number == 1 else f"{title} ({number})" for title, number in counted)


def allowed(parcel, wanted: list[int]) -> list[int]:
    """Those of the students who are still this desk's to report on, in the order in which they were chosen."""
    if parcel.role == Role.STUDENT:
        rows = Student.objects.visible_to(parcel.by).filter(user=parcel.by, provider=parcel.provider_id)
    else:
        rows = students_of(parcel.desk, parcel.by)
    found = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in found]


def students_in(pks: list[int]) -> list[Student]:
    """The students in this order, with all that reports say about them."""
    rows = Student.objects.select_related("user", "provider", "tlevel", "specialism", "tutor", "hours").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def each(pks, chosen: list[Kind], user) -> Iterator[tuple[Student, str, dict[str, list[Sheet]]]]:
    """(student, the name of their folder, their sheets by kind); read for AT_ONCE students at a time."""
    folders = {}
    for some in batches(pks, AT_ONCE):
        students = students_in(some)
        found = {kind.name: kind.find(students, user) for kind in chosen}
        for student in students:
            name = f"{student.user.last_name}, {student.user.first_name}"
            folders[name.lower()] = folders.get(name.lower(), 0) + 1
            folder = name if folders[name.lower()] == 1 else f"{name} {folders[name.lower()]}"
            yield student, folder, {kind: sheets.get(student.pk, []) for kind, sheets in found.items()}


def contents(parcel, rows, left_out: int) -> Sheet:
    """The last sheet: what is in the file, and what there was not."""
    context = head(parcel.provider) | {"rows": rows, "left_out": left_out, "maker": parcel.by.name}
    return Sheet("What is in this file", "What is in this file", "", "print/contents.html", partial(dict, context))
