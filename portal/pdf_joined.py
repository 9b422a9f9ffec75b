"""Many reports as one PDF that stays tagged: written as they come, so that no process has to hold all of it.

Joining finished files loses what screen readers need (pypdf drops the structure, WeasyPrint would have to hold every
page). Here each report is laid out alone; before its bytes are written, its objects get new numbers, its structure
becomes a branch of one common tree (`/Document`, a `/Part` for each heading, an `/Art` for each report) and its pages a
branch of the page tree (PDF 1.7, ISO 32000-1, 14.7). The objects themselves go into the file in portal.pdf_objects.
"""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from portal.pdf import pdf
from portal.pdf_objects import Objects, references

CATALOG, PAGES, STRUCTURE, DOCUMENT, PARENTS, OUTLINES, INFO, METADATA = range(1, 9)
LABELS = b"/PageLabels <</Nums [0 <</S /r>> %d <</S /D>>]>>"  # what is in front: i, ii; then from 1 on
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass
class Mark:
    """A bookmark: where it leads (the number of a page object), and those below it.

    One at the top has a place in the structure as well: `element`, with the elements of its reports in `held`.
    """

    title: str
    page: int
    element: int = 0
    held: list[int] = field(default_factory=list)
    below: list["Mark"] = field(default_factory=list)
    number: int = 0


class JoinedPDF:
    """Reports go in by `add`, in their order; `close` writes what holds them together. `out` is a binary file.

    `numbered`: pages are numbered through, from 1 on. What was `put_first` is not counted among them.
    """

    def __init__(self, out, *, title: str, author: str = "", lang: str = "en-GB", numbered: bool = False):
        self.objects = Objects(out, reserved=METADATA)
        self.title, self.author, self.lang = title, author, lang
        self.marks: list[Mark] = []
        self.kids: list[int] = []  # the page trees of the reports
        self.parents: list[int] = []  # their tables from marked content to structure
        self.pages = self.keys = self.front = 0
        self.numbered = numbered

    def add(self, html: str, *, title: str, under: str = "") -> int:
        """Append a report, with the bookmark `title` below `under` (new where the last one differs), or at the top.

        Returns the number of its first page.
        """
        first = self.pages + 1
        number = first if self.numbered else None
        pdf(html, finisher=lambda document, made: self.take(made, title, under), first_page=number)
        return first

    def put_first(self, html: str, *, title: str, under: str):
        """Put a cover before all else: it is laid out once everything that it tells of is there. Then `close`."""
        before = self.pages
        pdf(html, finisher=lambda document, made: self.take(made, title, under))
        self.front = self.pages - before
        for rows in (self.marks, self.kids):
            rows.insert(0, rows.pop())

    def take(self, made, title: str, under: str):
        """Write the objects of a report, as WeasyPrint has them ready, and leave it none to write itself."""
        parts, made.objects[1:] = made.objects[1:], []
        base = self.objects.reserve(len(parts))
        root = parts[number_in(made.catalog["StructTreeRoot"]) - 1]
        report = parts[number_in(root["K"][0]) - 1]
        parents = parts[number_in(root["ParentTree"]) - 1]
        left_out = {made.catalog.number, made.info.number, root.number, number_in(made.catalog["Metadata"])}
        self.set_apart(parts, parents, base)
        first = base + made.pages["Kids"][0]
        if not under or not self.marks or self.marks[-1].title != under:
            self.marks.append(Mark(under or title, first, self.objects.number()))
        self.marks[-1].held.append(base + report.number)
        if under:
            self.marks[-1].below.append(Mark(title, first))
        report["S"], report["T"] = "/Art", text(title)
        del report["P"]
        ties = {
            made.pages.number: b"/Parent %d 0 R" % PAGES,
            report.number: b"/P %d 0 R" % self.marks[-1].element,
        }
        for part in parts:
            if part.number not in left_out:
                self.objects.write(base + part.number, part.data, base, ties.get(part.number, b""))
        self.kids.append(base + made.pages.number)
        self.parents.append(base + parents.number)
        self.pages += made.pages["Count"]

    def set_apart(self, parts, parents, base: int):
        """Make the keys and names that must be one report's alone differ from those of all others."""
        for part in parts:
            if not isinstance(part, dict):
                continue
            for name in ("StructParents", "StructParent"):
                if name in part:
                    part[name] += self.keys
            if "ID" in part:
                part["ID"].string = f"{base}-{part['ID'].string}"
        keys = [key + self.keys for key in parents["Nums"][::2]]
        parents["Nums"][::2] = keys
        parents["Limits"] = b"[%d %d]" % (keys[0], keys[-1])
        self.keys = keys[-1] + 1

    def close(self):
        """Write the trees, the bookmarks and the end of the file."""
        put = self.objects.write
        parts = references(mark.element for mark in self.marks)
        put(PAGES, b"<</Type /Pages/Count %d/Kids %s>>" % (self.pages, references(self.kids)))
        put(STRUCTURE, b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R>>" % (DOCUMENT, PARENTS))
        put(DOCUMENT, b"<</Type /StructElem/S /Document/P %d 0 R/K %s>>" % (STRUCTURE, parts))
        put(PARENTS, b"<</Kids %s>>" % references(self.parents))
        for mark in self.marks:
            told = (DOCUMENT, text(mark.title), references(mark.held))
            put(mark.element, b"<</Type /StructElem/S /Part/P %d 0 R/T %s/K %s>>" % told)
        put(OUTLINES, b"<</Type /Outlines%s>>" % self.outline(self.marks, OUTLINES))
        author = b"/Author %s" % text(self.author) if self.author else b""
        put(INFO, b"<</Title %s%s/Producer (WeasyPrint)>>" % (text(self.title), author))
        xmp = XMP.format(title=escape(self.title)).encode()
        self.objects.put_stream(METADATA, b"/Type /Metadata/Subtype /XML", xmp, compressed=False)
        labels = LABELS % self.front if self.front else b""
        tied = (PAGES, STRUCTURE, OUTLINES, METADATA, text(self.lang), labels)
        put(
            CATALOG,
            b"<</Type /Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R/Metadata %d 0 R/Lang %s"
            b"/PageMode /UseOutlines/MarkInfo <</Marked true>>/ViewerPreferences <</DisplayDocTitle true>>%s>>" % tied,
        )
        self.objects.close(root=CATALOG, info=INFO)

    def outline(self, marks: list[Mark], parent: int) -> bytes:
        """Write bookmarks, those below them closed; returns what their parent says of them."""
        for mark in marks:
            mark.number = self.objects.number()
        for place, mark in enumerate(marks):
            said = b"/Title %s/Parent %d 0 R/Dest [%d 0 R /XYZ null null null]" % (text(mark.title), parent, mark.page)
            if place:
                said += b"/Prev %d 0 R" % marks[place - 1].number
            if place + 1 < len(marks):
                said += b"/Next %d 0 R" % marks[place + 1].number
            if mark.below:
                said += self.outline(mark.below, mark.number)
            self.objects.write(mark.number, b"<<%s>>" % said)
        count = len(marks) if parent == OUTLINES else -len(marks)
        return b"/First %d 0 R/Last %d 0 R/Count %d" % (marks[0].number, marks[-1].number, count)


def number_in(reference) -> int:
    """The number of the object that '12 0 R' (bytes or text) refers to."""
    return int(reference.split()[0])


def text(words: str) -> bytes:
    """A text as PDF writes it."""
    from pydyf import String

    return String(words).data
