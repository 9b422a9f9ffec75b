"""Everything of a student's own as one PDF or one ZIP, made by a worker. Rooms say what they have (portal.taking)."""

from django.template.loader import render_to_string
from django.utils import timezone

from placements.taking import own_placements
from portal.parcels.kinds import packs
from portal.pdf import logo_uri
from portal.pdf_joined import JoinedPDF
from portal.people.models import Role
from portal.taking import Part, part_of, rooms
from portal.workflow import Refused
from reviews.portfolio.archive import Archive
from reviews.portfolio.contents import ALWAYS, asked_for
from students.models import Student

PDF, ZIP = "portfolio", "archive"
WAS_THERE = ["active", "ended"]
WEIGHT = 5  # a report takes about as long as five tables


@packs(PDF, title="Portfolio")
def portfolio(parcel, out, progress):
    """One tagged PDF with bookmarks."""
    student, wanted = student_of(parcel), set(parcel.options.get("wanted", []))
    parts = gather(student, wanted, progress)
    write_pdf(student, wanted, parts, out, progress)
    return f"Portfolio - {student.name}.pdf"


@packs(ZIP, title="Archive of everything")
def archive(parcel, out, progress):
    """The same as plain files, with the portfolio itself."""
    student, wanted = student_of(parcel), set(parcel.options.get("wanted", []))
    parts = gather(student, wanted, progress)
    with Archive(out, student) as made:
        for part in parts:
            made.add(part)
            progress()
        with made.file("Portfolio.pdf") as file:
            write_pdf(student, wanted, parts, file, progress)
        made.explain(wanted)
    return f"Everything of my placement - {student.name}.zip"


def student_of(parcel) -> Student:
    """The record of the person who asked, at the college where they asked."""
    people = "user", "tutor", "provider", "tlevel", "specialism"
    rows = Student.objects.visible_to(parcel.by).filter(user=parcel.by, provider=parcel.provider_id)
    student = rows.select_related(*people).first() if parcel.role == Role.STUDENT else None
    if student is None:
        raise Refused("There is no record of you as a student at this college any more.")
    return student


def gather(student: Student, wanted: set[str], progress) -> list[Part]:
    """What all rooms have. A look into each room is one step."""
    found = rooms()
    progress.steps = 2 * len(found)
    parts = []
    for room in found:
        if part := part_of(room, student, wanted):
            part.sheets = list(part.sheets)
            parts.append(part)
        progress()
    progress.steps = len(found) + len(parts) + WEIGHT * sum(len(part.sheets) for part in parts)
    return parts


def write_pdf(student: Student, wanted: set[str], parts: list[Part], out, progress):
    """Every report under the name of its room, with the pages numbered throughout; then the cover, in front of them."""
    head = {"student": student, "provider": student.provider, "logo": logo_uri(student.provider)}
    head["made_at"] = timezone.now()
    within = {"is_pdf": True, "in_portfolio": True}
    joined = JoinedPDF(out, title=f"Portfolio: {student.name}", author=student.name, numbered=True)
    contents = []
    for part in parts:
        pages = []
        for sheet in part.sheets:
            html = render_to_string(sheet.template, head | sheet.context() | within)
            pages.append((sheet.title, joined.add(html, title=sheet.title, under=part.title)))
            progress(WEIGHT)
        if pages:
            contents.append({"title": part.title, "page": pages[0][1], "sheets": pages if len(pages) > 1 else []})
    cover = head | within | {"contents": contents, "pages": joined.pages, "placements": placements_of(student)}
    cover |= {"always": ALWAYS, "asked": asked_for(wanted)}
    joined.put_first(render_to_string("print/portfolio_cover.html", cover), title="What is in it", under="Portfolio")
    joined.close()


def placements_of(student: Student) -> list:
    """Where the student was, for the cover; what is planned or was called off is not yet, or never was."""
    return list(own_placements(student, student.user).filter(status__in=WAS_THERE))
