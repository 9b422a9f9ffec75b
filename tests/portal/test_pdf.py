"""PDF: tagged, in English, titled, fetching nothing, saved under a name that every system takes."""

import io
import logging

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from portal.pdf import disposition, logo_uri, pdf
from tests.factories import ProviderFactory

PAGE = '<!doctype html><html lang="en-GB"><head><title>A week</title></head><body><main>{}</main></body></html>'


def read(html: str) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(PAGE.format(html))))


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return read("<h1>A week</h1><p>Zoë Łukasiewicz</p><p><b>bold</b></p><p>محمد العلي</p><p>Ελένη</p>")


def test_it_is_tagged_and_knows_its_language_and_title(reader):
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "A week"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


def test_it_carries_its_own_font_and_others_for_what_that_lacks(reader):
    fonts = {font["/BaseFont"].split("+")[-1] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert {"Figtree", "Figtree-Bold"} <= fonts
    assert len(fonts) > 2
    text = reader.pages[0].extract_text()
    assert "Zoë Łukasiewicz" in text
    assert "Ελένη" in text


def test_it_opens_nothing_from_outside(caplog):
    outside = ("file:///etc/hostname", "http://127.0.0.1:9/a.png", "https://example.org/a.png")
    asked = [f'<img src="{one}" alt="a picture"><link rel="stylesheet" href="{one}">' for one in outside]
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        reader = read(f"<p>here</p>{''.join(asked)}")
    assert "here" in reader.pages[0].extract_text()
    for one in outside:
        refused = [line for line in caplog.messages if one in line and "disallowed protocol" in line]
        assert len(refused) == 2, caplog.text
    assert not reader.attachments


def test_a_file_is_saved_under_the_name_of_the_report():
    assert disposition("Statement of hours - Amira Khan - 12 March 2026.pdf") == (
        'attachment; filename="Statement of hours - Amira Khan - 12 March 2026.pdf"; '
        "filename*=UTF-8''Statement%20of%20hours%20-%20Amira%20Khan%20-%2012%20March%202026.pdf"
    )


def test_odd_names_do_no_harm():
    for name, plain in {
        "Timesheet - Zoë Núñez.pdf": "Timesheet - Zoe Nunez.pdf",
        "Timesheet - محمد - week.pdf": "Timesheet - - week.pdf",
        'Timesheet - "Jo" <b> a/b\\c.pdf': "Timesheet - Jo b a b c.pdf",
        "Timesheet\r\nX-Header: yes.pdf": "Timesheet X-Header yes.pdf",
        "Łukasz Strauß.pdf": "Lukasz Strauss.pdf",
    }.items():
        header = disposition(name)
        assert f'filename="{plain}"' in header
        response = HttpResponse()
        response["Content-Disposition"] = header
        assert response["Content-Disposition"] == header


@pytest.mark.django_db
def test_a_provider_without_a_logo_or_with_a_lost_one_has_none():
    provider = ProviderFactory.build()
    assert logo_uri(provider) == ""
    provider.logo = "logos/lost.png"
    assert logo_uri(provider) == ""
