import csv
import io
import zipfile
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.imports.columns import Column, Unreadable
from portal.imports.reading import MOST_BYTES, MOST_ROWS, read_table
from tests.portal.importing import csv_file

NAME = Column("Employer name", "", required=True, also=("company",), name="name")
TOWN = Column("Town", "", name="town")
PHONE = Column("Phone", "", name="phone")
COLUMNS = [NAME, TOWN, PHONE]
HEADER = ["Employer name", "Town"]


def rows(content: bytes) -> list:
    return read_table(content, COLUMNS).rows


def why_not(content: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read_table(content, COLUMNS)
    return str(unreadable.value)


ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def test_every_encoding_and_separator():
    cafe = ["Zoë’s Café; Bar, Ltd\tand Co", "Orléans"]
    for encoding, separator in product(ENCODINGS, SEPARATORS):
        table = read_table(csv_file(HEADER, cafe, separator=separator, encoding=encoding), COLUMNS)
        assert table.read_as == f"{ENCODINGS[encoding]}, separated by {SEPARATORS[separator]}"
        assert table.columns == [NAME, TOWN]
        assert table.rows == [(2, ["Zoë’s Café; Bar, Ltd and Co", "Orléans"])]


def test_every_line_end():
    for end in ("\n", "\r\n", "\r"):
        assert rows(f"Employer name,Town{end}Hartley,Leeds{end}".encode()) == [(2, ["Hartley", "Leeds"])]


def test_rows_are_numbered_as_in_a_spreadsheet():
    content = b'\r\nEmployer name,Town\r\n"Hartley\r\nLtd",Leeds\r\n\r\n , \r\nHarbour,York\r\n'
    assert rows(content) == [(3, ["Hartley, Ltd", "Leeds"]), (6, ["Harbour", "York"])]


def test_spaces_around_cells_go_and_quotes_are_understood():
    content = b'Employer name , Town\n "Hartley ""and"" Sons" ,  Leeds  \n'
    assert rows(content.replace(b'" ,', b'",')) == [(2, ['Hartley "and" Sons', "Leeds"])]


def test_excels_separator_line_is_understood():
    assert rows(b"sep=;\r\nEmployer name;Town\r\nHartley;Leeds\r\n") == [(2, ["Hartley", "Leeds"])]
    assert rows(b"sep=;\r\n\r\nEmployer name;Town\r\nHartley;Leeds\r\n") == [(3, ["Hartley", "Leeds"])]


def test_what_our_own_downloads_made_harmless_comes_back():
    assert rows(b"Employer name,Phone\n'=Hartley,'+44 1632 960100\n") == [(2, ["=Hartley", "+44 1632 960100"])]


def test_titles_are_known_by_many_names():
    for title in ("EMPLOYER NAME", " employer  name * ", "Employer_Name", "Company", "name"):
        assert read_table(csv_file([title], ["Hartley"]), COLUMNS).columns == [NAME]


def test_unknown_columns_are_told_and_left_out():
    table = read_table(csv_file(["Notes", "Row", "Company", "", "What is wrong"], ["a", "2", "b", "", "c"]), COLUMNS)
    assert table.ignored == ["Notes"]
    assert table.columns == [None, None, NAME, None, None]


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return file.getvalue()


SAVE_AS = "Open it in your spreadsheet program and save it as “CSV UTF-8 (comma delimited)”."


def test_a_file_that_will_not_do_says_why():
    for content, reason in [
        (b"", "The file is empty."),
        (b" \r\n\r\n ", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b",,\n,,\n", "The file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF. The portal reads tables saved as CSV."),
        (archive("xl/workbook.xml"), f"This is an Excel workbook, not a CSV file. {SAVE_AS}"),
        (archive("mimetype", "content.xml"), f"This is an OpenDocument file, not a CSV file. {SAVE_AS}"),
        (archive("word/document.xml"), "This is a Word document. The portal reads tables saved as CSV."),
        (archive("students.csv"), "This is a ZIP archive. Unpack it and upload the CSV file that is in it."),
        (b"PK\x03\x04broken", "This is a ZIP archive. Unpack it and upload the CSV file that is in it."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", f"This is an old Excel or Word file, not a CSV file. {SAVE_AS}"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture. The portal reads tables saved as CSV."),
        (b"\x7fELF\x00\x01", f"This is not a text file, so it cannot be a CSV file. {SAVE_AS}"),
        (b"\xff\xfe\x00", f"The characters of this file are not readable as UTF-8 or Windows-1252. {SAVE_AS}"),
        (b"a\x81\x8d", f"The characters of this file are not readable as UTF-8 or Windows-1252. {SAVE_AS}"),
        (b"<!DOCTYPE html><p>Sign in", f"This is a web page or an XML file, not a CSV file. {SAVE_AS}"),
        (
            b"Employer name,Town\n",
            "The file holds only a header. Add a row for each thing to import, and upload it again.",
        ),
        (
            b"Town,Phone\nLeeds,1\n",
            "The file lacks a column that every row needs: “Employer name”. It has: “Town”, “Phone”. Compare it with "
            "the template.",
        ),
        (
            b"Hartley,Leeds\nHarbour,York\n",
            "The first row must name the columns, and none of its names is known here: “Hartley”, “Leeds”. Compare it "
            "with the template.",
        ),
        (
            b"Employer name,Company\na,b\n",
            "Two columns both stand for “Employer name”: “Employer name”, “Company”. Keep one of them.",
        ),
        (
            b'Employer name,Town\nHartley,Leeds\n"Harbour,York\nx,y\n',
            "The quotation marks from row 3 on do not fit together. A cell that begins with a quotation mark must end "
            "with one, and a quotation mark within it is written twice.",
        ),
    ]:
        assert why_not(content) == reason


def test_too_many_rows_are_counted():
    content = b"Employer name\n" + b"x\n" * (MOST_ROWS + 1)
    assert why_not(content) == (
        "The file has 20,001 rows; at most 20,000 are read at once. Split it into several files, each with the header."
    )


def test_a_file_that_is_too_large_is_not_even_looked_at():
    assert why_not(b"\0" * (MOST_BYTES + 1)).startswith("The file is larger than 10 MB.")


@example(b"", b'"Employer name')
@given(st.sampled_from([b"", b"Employer name,Town\n"]), st.binary(max_size=300))
def test_no_bytes_alone_or_after_a_header_break_it(header, content):
    """Whatever the bytes are: a table, or a refusal that says why."""
    table, reason = None, ""
    try:
        table = read_table(header + content, COLUMNS)
    except Unreadable as unreadable:
        reason = str(unreadable)
    assert table is not None or reason.strip()


LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
CELLS = st.text(LETTERS, min_size=1).filter(lambda cell: cell[0] not in "'=,")


@settings(max_examples=50)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=3), st.sampled_from(",;\t"))
def test_what_is_written_is_read(written, separator):
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([HEADER, *written])
    assert [tuple(cells) for _, cells in rows(file.getvalue().encode())] == [
        tuple(cell.rstrip(",") for cell in row) for row in written
    ]
