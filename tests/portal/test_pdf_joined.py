"""Many reports in one PDF: tagged throughout, with bookmarks, each report's own keys kept apart."""

import io
import re

import pytest
from pypdf import PdfReader

from portal.pdf_joined import JoinedPDF
from tests.tagged import elements, problems_of

REPORT = """<!doctype html><html lang="en-GB"><head><title>One</title></head><body><main>
<h1>{name}</h1><p>Written as (7 0 R) \\ with a <a href="https://example.org/">link</a>.</p>
<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><title>Chart of {name}</title>
<rect width="9" height="9"/></svg></figure>
<table><thead><tr><th scope="col">Week</th><th scope="col">Hours</th></tr></thead>
<tbody><tr><th scope="row">First</th><td>35 h</td></tr></tbody></table>
<p style="break-before: page">The second page of {name}</p></main></body></html>"""


def joined(*reports) -> PdfReader:
    out = io.BytesIO()
    made = JoinedPDF(out, title="Reports & <more> (7 0 R)", author="Northfield College")
    for under, title in reports:
        made.add(REPORT.format(name=under or title), title=title, under=under)
    made.close()
    return PdfReader(io.BytesIO(out.getvalue()), strict=True)


@pytest.fixture(scope="module")
def reader():
    return joined(("Zoë Núñez", "Statement"), ("Zoë Núñez", "Logbook"), ("Adam Bell", "Statement"), ("", "Contents"))


def test_all_pages_are_there_with_their_words(reader):
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 8
    assert "Zoë Núñez" in texts[0]
    assert "Written as (7 0 R) \\ with a link." in texts[0]
    assert "The second page of Adam Bell" in texts[5]
    assert "Contents" in texts[6]


def test_it_is_one_tagged_document_with_language_and_title(reader):
    assert problems_of(reader) == []
    assert reader.metadata.title == "Reports & <more> (7 0 R)"
    assert reader.metadata.author == "Northfield College"
    assert "Reports &amp; &lt;more&gt; (7 0 R)" in reader.trailer["/Root"]["/Metadata"].get_data().decode()


def test_the_structure_has_a_part_for_each_heading_and_an_article_for_each_report(reader):
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    document = root["/K"][0].get_object()
    parts = [part.get_object() for part in document["/K"]]
    assert [part["/T"] for part in parts] == ["Zoë Núñez", "Adam Bell", "Contents"]
    assert [[report.get_object()["/T"] for report in part["/K"]] for part in parts] == [
        ["Statement", "Logbook"],
        ["Statement"],
        ["Contents"],
    ]
    alternatives = [element["/Alt"] for element in elements(reader) if element["/S"] == "/Figure"]
    assert alternatives == [f"Chart of {name}" for name in ("Zoë Núñez", "Zoë Núñez", "Adam Bell", "Contents")]


def test_the_bookmarks_lead_to_the_first_page_of_each_report(reader):
    def led(marks):
        return [
            led(mark) if isinstance(mark, list) else (mark.title, reader.get_destination_page_number(mark))
            for mark in marks
        ]

    assert led(reader.outline) == [
        ("Zoë Núñez", 0),
        [("Statement", 0), ("Logbook", 2)],
        ("Adam Bell", 4),
        [("Statement", 4)],
        ("Contents", 6),
    ]


def test_no_two_header_cells_share_a_name_and_each_cell_names_its_own(reader):
    ids = [element["/ID"] for element in elements(reader) if "/ID" in element]
    assert len(ids) == len(set(ids)) == 12
    cells = [element for element in elements(reader) if element["/S"] == "/TD"]
    assert len(cells) == 4
    assert all(set(cell["/A"]["/Headers"]) <= set(ids) for cell in cells)


def test_a_cover_made_last_stands_first_and_all_else_is_numbered_through():
    out = io.BytesIO()
    made = JoinedPDF(out, title="Numbered", numbered=True)
    first = [made.add(REPORT.format(name=name), title=name, under="Reports") for name in ("Zoë", "Adam")]
    made.put_first(REPORT.format(name="Cover"), title="What is in it", under="Cover")
    made.close()
    found = PdfReader(io.BytesIO(out.getvalue()), strict=True)
    pages = [page.extract_text() for page in found.pages]
    assert first == [1, 3]
    assert [page.split("Page ")[-1].strip() for page in pages[2:]] == ["1", "2", "3", "4"]
    assert ["Cover" in page for page in pages] == [True, True, False, False, False, False]
    assert found.page_labels == ["i", "ii", "1", "2", "3", "4"]
    assert [mark.title for mark in found.outline if not isinstance(mark, list)] == ["Cover", "Reports"]
    assert problems_of(found) == []


def test_a_report_reads_the_same_alone(reader):
    alone = joined(("", "Zoë Núñez"))
    words = [re.sub(r"\s+", " ", page.extract_text()) for page in alone.pages]
    assert words == [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages[:2]]
