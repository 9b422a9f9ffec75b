"""Reports of many students as one file: a PDF with bookmarks, or a ZIP with a folder for each student."""

from zipfile import ZIP_STORED, ZipFile

from portal.pdf import file_name, pdf
from portal.pdf_joined import JoinedPDF
from reviews.reports.kinds import Sheet

LONGEST = 100  # characters of a name within a ZIP: Windows takes 260 for the whole path


class OnePDF:
    """One PDF, tagged, with a bookmark for each student and below it one for each report."""

    ending = "pdf"

    def __init__(self, out, *, title: str, author: str):
        self.joined = JoinedPDF(out, title=title, author=author)

    def add(self, sheet: Sheet, *, under: str):
        """Append a report below the bookmark `under`."""
        self.joined.add(sheet.html(), title=sheet.title, under=under)

    def close(self):
        self.joined.close()


class Folders:
    """A ZIP: each report a PDF of its own; signed ones byte for byte as they are."""

    ending = "zip"

    def __init__(self, out, *, title: str, author: str):
        self.zip = ZipFile(out, "w", ZIP_STORED)  # PDFs are compressed already
        self.used: set[str] = set()

    def add(self, sheet: Sheet, *, under: str):
        """Put a report into the folder `under` ('' for none)."""
        content = sheet.content() if sheet.content else pdf(sheet.html())
        folder = f"{shortened(under)}/" if under else ""
        self.zip.writestr(self.free(folder + shortened(sheet.name)), content)

    def free(self, name: str) -> str:
        """The name, with a number where another file has it (capitals make no difference: to Windows they do not)."""
        found, number = f"{name}.pdf", 1
        while found.lower() in self.used:
            number += 1
            found = f"{name} {number}.pdf"
        self.used.add(found.lower())
        return found

    def close(self):
        self.zip.close()


def shortened(words: str) -> str:
    """Words as one part of a path: not too long, and no dot or space at its ends, which Windows drops."""
    return file_name(words)[:LONGEST].strip(" .") or "Report"


BUNDLES = {"pdf": OnePDF, "zip": Folders}
