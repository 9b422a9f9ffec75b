"""Counting the pages of a document: whatever it holds, the answer is a number or nothing, and it comes soon."""

import io
import time
import zipfile
import zlib

import pytest
from pypdf.errors import PyPdfError

from students.papers import pages
from students.papers.pages import count_pages, pages_in
from tests.students.paper_scenes import accepted, docx_of, pdf_of, word


def test_pages_of_a_pdf():
    assert count_pages(accepted(content=pdf_of(3))) == pages_in(pdf_of(3)) == 3


def test_pages_of_a_word_document():
    numbers = {"1": 1, "3": 3, "": None, "0": None, "-4": None, "99999": None, "many": None}
    assert {written: count_pages(word(docx_of(written))) for written in numbers} == numbers


def test_an_old_word_document_says_nothing():
    assert count_pages(accepted("CV.doc", b"\xd0\xcf\x11\xe0", "application/msword")) is None


def in_a_circle() -> bytes:
    """A page tree that is its own child, and a cross-reference that comes before itself."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
    made, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    return (
        made + f"xref\n0 3\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size 3 /Root 1 0 R /Prev {start} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()


def a_bomb() -> bytes:
    """A cross-reference stream of four megabytes that unpacks to a gigabyte."""
    packer = zlib.compressobj(1, wbits=-15)
    megabyte = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (((1 << 30) % 65521) << 16) + 1  # of a gigabyte of nothing
    data = b"\x78\x01" + megabyte * 1024 + packer.flush() + checksum.to_bytes(4, "big")
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 4 1] /Filter /FlateDecode /Root 2 0 R /Length "
    return head + str(len(data)).encode() + b" >>\nstream\n" + data + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize(
    "make",
    [lambda: pdf_of(2)[:300], lambda: b"%PDF-1.7\n" + b"[" * 200_000, in_a_circle, a_bomb],
    ids=["cut off", "brackets", "circle", "bomb"],
)
def test_a_hostile_pdf_is_no_trouble(make):
    content, began = make(), time.monotonic()
    assert count_pages(accepted(content=content)) is None
    assert time.monotonic() - began < pages.WAIT_SECONDS + 5


def test_what_is_no_whole_pdf_has_no_number_of_pages():
    for content in (
        b"%PDF-",
        b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF",
        b"%PDF-1.7\nstartxref\n99999999999999\n%%EOF",
    ):
        with pytest.raises(PyPdfError):
            pages_in(content)


def test_a_pdf_that_takes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(pages, "WAIT_SECONDS", 0.001)
    assert count_pages(accepted(content=pdf_of(1))) is None


def a_broken_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/app.xml", "<Pages>2</Pages>" * 1000)
    content = bytearray(out.getvalue())
    content[60:90] = b"\xff" * 30
    return bytes(content)


def test_a_hostile_word_document_is_no_trouble():
    cut_off, nothing, broken = b"PK\x03\x04", b"", a_broken_zip()
    assert [count_pages(word(content)) for content in (cut_off, nothing, broken)] == [None, None, None]
