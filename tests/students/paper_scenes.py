"""Scenes for tests of CVs and cover letters: files, versions in every state."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.uploads import WORD_TYPE, Accepted
from students.models import Student
from students.papers import keeping
from students.papers.models import Version


def pdf_of(pages: int = 1) -> bytes:
    """A whole PDF with so many empty pages."""
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def docx_of(pages: str = "2") -> bytes:
    """A Word document that says how many pages it has; '' for one that says nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
        if pages:
            archive.writestr("docProps/app.xml", f"<Properties><Pages>{pages}</Pages></Properties>")
    return out.getvalue()


PDF = pdf_of(1)
ONE_PAGE, TWO_PAGES = docx_of("1"), docx_of("2")


def upload(name="My CV.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def typed(name="My CV.docx", content=ONE_PAGE):
    """A Word document: its pages are read from it, where those of a PDF take a process of its own to count."""
    return SimpleUploadedFile(name, content)


def accepted(name="My CV.pdf", content=PDF, content_type="application/pdf") -> Accepted:
    return Accepted(name, content_type, content)


def word(content: bytes) -> Accepted:
    return Accepted("CV.docx", WORD_TYPE, content)


def version_of(student: Student, state: str = "kept", *, letter: str = "", content=None, pages=1) -> Version:
    """A version in a state: kept, asked, given, good or withdrawn, made by the verbs."""
    paper = keeping.add_letter(student, letter) if letter else keeping.cv_of(student)
    content = content or PDF + b"%% " + str(paper.made).encode()
    made = keeping.add_version(paper, accepted(content=content), pages=pages, note="New summary", by=student.user)
    version = fresh(made)
    if state == "kept":
        return version
    if state in ("asked", "given", "good"):
        keeping.ask_for_feedback(version, by=student.user)
    if state in ("given", "good"):
        keeping.answer(version, is_good=state == "good", words="Lead with your project", by=student.tutor)
    if state == "withdrawn":
        keeping.withdraw(version, by=student.user)
    return fresh(version)


def more_of(version: Version, number: int):
    """So many versions like this one, as rows: each with the same file and feedback, under numbers of their own."""
    facts = {field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}
    rows = [facts | {"id": None, "number": version.number + n} for n in range(1, number + 1)]
    Version.objects.bulk_create(Version(**row) for row in rows)


def fresh(version: Version) -> Version:
    """The version as somebody else would read it now."""
    return Version.objects.with_people().get(pk=version.pk)
